import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssembledStack, Assembly } from './assembly';
import type { Template } from './template';

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalMetadataFile?: string;
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
  readonly missing?: readonly { readonly key: string }[];
}

interface StackProperties {
  readonly templateFile: string;
  readonly stackTemplateAssetObjectUrl?: string;
  readonly stackName?: string;
  readonly tags?: Record<string, string>;
  readonly terminationProtection?: boolean;
  readonly notificationArns?: string[];
  readonly lookupRole?: { readonly arn: string };
  readonly assumeRoleArn?: string;
  readonly requiresBootstrapStackVersion?: number;
  readonly bootstrapStackVersionSsmParameter?: string;
}

const ENVIRONMENT = /^aws:\/\/(\d{12})\/([a-z]{2}(?:-[a-z]+)+-\d)$/;

/**
 * Reads a synthesized app, stages included.
 *
 * @throws when the directory is not a cloud assembly.
 */
export function readAssembly(directory: string): Assembly {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) throw new Error(`${directory} is not a synthesized app: it has no manifest.json. Run synth.`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const nested = artifacts
    .filter(([, { type }]) => type === 'cdk:cloud-assembly')
    .map(([, { properties }]) => readAssembly(join(directory, properties?.['directoryName'] as string)));

  const own = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const ids = new Set(own.map(([id]) => id));
  const stacks = own.filter(([, artifact]) => ENVIRONMENT.test(artifact.environment ?? ''));
  return {
    directory,
    stacks: [
      ...stacks.map(([id, artifact]) => readStack(directory, id, artifact, ids)),
      ...nested.flatMap((n) => n.stacks),
    ],
    missing: [...(manifest.missing ?? []).map(({ key }) => key), ...nested.flatMap((n) => n.missing)],
    withoutEnvironment: [
      ...own.filter((entry) => !stacks.includes(entry)).map(([id, { displayName }]) => displayName ?? id),
      ...nested.flatMap((n) => n.withoutEnvironment),
    ],
  };
}

function readStack(directory: string, id: string, artifact: Artifact, stacks: ReadonlySet<string>): AssembledStack {
  const [, account, region] = ENVIRONMENT.exec(artifact.environment ?? '') as unknown as [string, string, string];
  const properties = artifact.properties as unknown as StackProperties;
  const version = properties.requiresBootstrapStackVersion;
  const parameter = properties.bootstrapStackVersionSsmParameter;
  const templateFile = join(directory, properties.templateFile);
  return {
    id,
    hierarchicalId: artifact.displayName ?? id,
    stackName: properties.stackName ?? id,
    account,
    region,
    template: JSON.parse(readFileSync(templateFile, 'utf8')) as Template,
    templateFile,
    templateUrl: properties.stackTemplateAssetObjectUrl,
    metadataFile: artifact.additionalMetadataFile && join(directory, artifact.additionalMetadataFile),
    tags: properties.tags ?? {},
    terminationProtection: properties.terminationProtection ?? false,
    notificationArns: properties.notificationArns,
    // The others are asset manifests.
    dependencies: (artifact.dependencies ?? []).filter((dependency) => stacks.has(dependency)),
    lookupRoleArn: properties.lookupRole?.arn.replaceAll('${AWS::Partition}', partitionOf(region)),
    deployRoleArn: properties.assumeRoleArn?.replaceAll('${AWS::Partition}', partitionOf(region)),
    bootstrap: version !== undefined && parameter !== undefined ? { version, parameter } : undefined,
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
