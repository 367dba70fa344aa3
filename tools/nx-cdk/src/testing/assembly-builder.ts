import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppModel } from '../config/app-model';
import { parsePluginConfig } from '../config/plugin-config';
import { SCRIPTED_ACCOUNT } from './scripted-aws';

/** One stack of a made-up app. */
export interface StackSketch {
  /** Stacks that come before it. */
  readonly after?: readonly string[];
  /** SSM parameters it publishes, below `/app/<stack>/`, and their values; `$name` is the value of that parameter of its own. */
  readonly publishes?: Readonly<Record<string, string>>;
  /** Names of the SSM parameters it reads. */
  readonly reads?: readonly string[];
  /** Parameters with a default. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly phase?: string;
  readonly account?: string;
  /** Changes the template, and nothing else. */
  readonly version?: string;
}

/** A workspace in a temporary directory with one app, whose stacks are named `<name>`, synthesized for `test`. */
export class TestWorkspace {
  public readonly root = mkdtempSync(join(tmpdir(), 'nx-cdk-test-'));
  /** The assembly of the environment `test`; `production` has the same one. */
  public readonly assembly = join(this.root, 'dist/cdk/test');
  private sketches: Readonly<Record<string, StackSketch>> = {};

  /** Synthesizes these stacks. */
  public synthesize(sketches: Readonly<Record<string, StackSketch>>): void {
    this.sketches = sketches;
    mkdirSync(this.assembly, { recursive: true });
    const production = join(this.root, 'dist/cdk/production');
    if (!existsSync(production)) symlinkSync(this.assembly, production);
    const artifacts = Object.entries(sketches).map(([name, sketch]) => {
      writeFileSync(join(this.assembly, `${name}.template.json`), JSON.stringify(templateOf(name, sketch)));
      return [name, artifactOf(name, sketch)];
    });
    const manifest = { version: '54.0.0', artifacts: Object.fromEntries(artifacts) as object };
    writeFileSync(join(this.assembly, 'manifest.json'), JSON.stringify(manifest));
  }

  /** The app as the plugin sees it; phase `late` is no infrastructure. */
  public get app(): AppModel {
    const config = parsePluginConfig(
      {
        stackName: '{stack}',
        environments: { test: { environment: 'test' }, prod: { environment: 'production', protected: true } },
        phases: [
          { name: 'early', title: 'Early', method: 'direct' },
          { name: 'late', title: 'Late', infrastructure: false },
        ],
      },
      'cdk.json',
    );
    const stackProjects = Object.entries(this.sketches).map(([stack, { phase = 'early' }]) => ({
      project: `${stack}-stack`,
      stack,
      phase,
    }));
    return { project: 'app', root: 'app', command: 'true', context: {}, config, stackProjects };
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function artifactOf(name: string, { after = [], tags, account = SCRIPTED_ACCOUNT }: StackSketch) {
  return {
    type: 'aws:cloudformation:stack',
    environment: `aws://${account}/eu-west-1`,
    properties: {
      templateFile: `${name}.template.json`,
      // The scripted CloudFormation finds the file by its name.
      stackTemplateAssetObjectUrl: `s3://assets/${name}.template.json`,
      ...(tags ? { tags } : {}),
      requiresBootstrapStackVersion: 6,
      bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version',
    },
    dependencies: after,
    displayName: name,
  };
}

/** A template as CDK would make it. */
export function templateOf(name: string, { publishes = {}, reads = [], parameters = {}, version = '1' }: StackSketch) {
  const logicalId = (path: string) => path.replaceAll(/\W/g, '');
  return {
    Parameters: Object.fromEntries([
      ...reads.map((path) => [logicalId(path), { Type: 'AWS::SSM::Parameter::Value<String>', Default: path }]),
      ...Object.entries(parameters).map(([key, Default]) => [key, { Type: 'String', Default }]),
    ]) as object,
    Resources: {
      [`${name}Topic`]: {
        Type: 'AWS::SNS::Topic',
        Properties: { DisplayName: version },
        Metadata: { 'aws:cdk:path': `${name}/Topic/Resource` },
      },
      ...Object.fromEntries(
        Object.entries(publishes).map(([key, value]) => [
          `${name}${key}`,
          {
            Type: 'AWS::SSM::Parameter',
            Properties: {
              Name: `/app/${name}/${key}`,
              Value: value.startsWith('$') ? { Ref: logicalId(value.slice(1)) } : value,
            },
          },
        ]),
      ),
    },
  };
}
