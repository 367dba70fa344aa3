import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template, TemplateResource } from '../assembly/template';
import type { AppModel } from '../config/app-model';
import { parsePluginConfig } from '../config/plugin-config';
import { SCRIPTED_ACCOUNT, SCRIPTED_REGION } from './scripted/place';

/** One stack of a made-up app. */
export interface StackSketch {
  /** Stacks that come before it. */
  readonly after?: readonly string[];
  /** Its template, in place of one made of what follows. */
  readonly template?: Template;
  /** SSM parameters it publishes, below `/app/<stack>/`, and their values; `$name` is the value of that parameter of its own. */
  readonly publishes?: Readonly<Record<string, string>>;
  /** Names of the SSM parameters it reads. */
  readonly reads?: readonly string[];
  /** Exports, named `<stack>:<key>`, and their values. */
  readonly exports?: Readonly<Record<string, string>>;
  /** Names of the exports it imports. */
  readonly imports?: readonly string[];
  /** Outputs that are no exports, and their values. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Outputs of other stacks that it reads, as `<stack>.<output>`. */
  readonly readsOutputs?: readonly string[];
  /** Further resources, by logical id. */
  readonly resources?: Readonly<Record<string, TemplateResource>>;
  /** Parameters with a default. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly phase?: string;
  readonly account?: string;
  readonly region?: string;
  readonly terminationProtection?: boolean;
  /** Its template is an asset that is uploaded, as CDK has it. */
  readonly uploaded?: boolean;
  /** Changes the template, and nothing else. */
  readonly version?: string;
}

/** A workspace in a temporary directory with one app, whose stacks are named `<name>`, synthesized for `test`. */
export class TestWorkspace {
  public readonly root = mkdtempSync(join(tmpdir(), 'nx-cdk-test-'));
  /** The assembly of the environment `test`; `production` has the same one. */
  public readonly assembly = join(this.root, 'dist/cdk/test');
  /** The app's pattern of stack names. By default a name does not tell whose the stack is. */
  public stackName = '{stack}';
  /** Folders of further stack projects, whose stacks may or may not be synthesized, and their phases. */
  public folders: Readonly<Record<string, string>> = {};
  private sketches: Readonly<Record<string, StackSketch>> = {};

  /** Synthesizes these stacks. */
  public synthesize(sketches: Readonly<Record<string, StackSketch>>): void {
    this.sketches = sketches;
    mkdirSync(this.assembly, { recursive: true });
    const production = join(this.root, 'dist/cdk/production');
    if (!existsSync(production)) symlinkSync(this.assembly, production);
    const artifacts = Object.entries(sketches).flatMap(([name, sketch]) => {
      const text = JSON.stringify(templateOf(name, sketch));
      writeFileSync(join(this.assembly, `${name}.template.json`), text);
      if (!sketch.uploaded) return [[name, artifactOf(name, sketch)] as const];
      const key = `${createHash('sha256').update(text).digest('hex')}.json`;
      writeFileSync(join(this.assembly, `${name}.assets.json`), JSON.stringify(assetsOf(name, key)));
      const assets = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
      return [[`${name}.assets`, assets] as const, [name, artifactOf(name, sketch, key)] as const];
    });
    const manifest = { version: '54.0.0', artifacts: Object.fromEntries(artifacts) as object };
    writeFileSync(join(this.assembly, 'manifest.json'), JSON.stringify(manifest));
  }

  /** The app as the plugin sees it; phase `late` is no infrastructure. */
  public get app(): AppModel {
    const config = parsePluginConfig(
      {
        stackName: this.stackName,
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
    const others = Object.entries(this.folders).map(([stack, phase]) => ({ project: `${stack}-stack`, stack, phase }));
    return {
      project: 'app',
      root: 'app',
      command: 'true',
      context: {},
      config,
      stackProjects: [...stackProjects, ...others],
    };
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The template as an asset. */
function assetsOf(name: string, objectKey: string) {
  const destination = { bucketName: 'assets', objectKey, region: SCRIPTED_REGION };
  return {
    version: '54.0.0',
    files: {
      [objectKey.replace('.json', '')]: {
        source: { path: `${name}.template.json`, packaging: 'file' },
        destinations: { here: destination },
      },
    },
  };
}

/** @param key what its template is uploaded as. */
function artifactOf(name: string, sketch: StackSketch, key = `${name}.template.json`) {
  const { after = [], tags, account = SCRIPTED_ACCOUNT, region = SCRIPTED_REGION, terminationProtection } = sketch;
  return {
    type: 'aws:cloudformation:stack',
    environment: `aws://${account}/${region}`,
    properties: {
      templateFile: `${name}.template.json`,
      // The scripted CloudFormation finds the file, or what was uploaded, by its name.
      stackTemplateAssetObjectUrl: `s3://assets/${key}`,
      ...(tags ? { tags } : {}),
      ...(terminationProtection === undefined ? {} : { terminationProtection }),
      requiresBootstrapStackVersion: 6,
      bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version',
    },
    dependencies: sketch.uploaded ? [...after, `${name}.assets`] : after,
    displayName: name,
  };
}

/** A template as CDK would make it. */
export function templateOf(name: string, sketch: StackSketch) {
  if (sketch.template) return sketch.template;
  const { publishes = {}, reads = [], parameters = {}, exports = {}, outputs = {}, resources = {} } = sketch;
  return {
    Parameters: Object.fromEntries([
      ...reads.map((path) => [logicalId(path), { Type: 'AWS::SSM::Parameter::Value<String>', Default: path }]),
      ...Object.entries(parameters).map(([key, Default]) => [key, { Type: 'String', Default }]),
    ]) as object,
    Resources: {
      [`${name}Topic`]: {
        Type: 'AWS::SNS::Topic',
        Properties: topicProperties(sketch),
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
      ...resources,
    },
    Outputs: Object.fromEntries([
      ...Object.entries(exports).map(([key, Value]) => [`Export${key}`, { Value, Export: { Name: `${name}:${key}` } }]),
      ...Object.entries(outputs).map(([key, Value]) => [key, { Value }]),
    ]) as object,
  };
}

function topicProperties({ version = '1', imports = [], readsOutputs = [] }: StackSketch) {
  const used = [
    ...imports.map((exportName) => ({ 'Fn::ImportValue': exportName })),
    ...readsOutputs.map((output) => {
      const [StackName, OutputName] = output.split('.');
      return { 'Fn::GetStackOutput': { StackName, OutputName } };
    }),
  ];
  return { DisplayName: version, ...(used.length === 0 ? {} : { Tags: used.map((Value, Key) => ({ Key, Value })) }) };
}

const logicalId = (path: string) => path.replaceAll(/\W/g, '');
