import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AssembledStack } from '../assembly/assembly';

/** What the stacks of one account and region need of the CDK's bootstrap there. */
export interface BootstrapUse {
  readonly account: string;
  readonly region: string;
  /** Part of the names of everything in it; undefined where the app has another kind of bootstrap. */
  readonly qualifier?: string;
  /** The version the stacks need, and the parameter that tells the deployed one. */
  readonly version?: { readonly needed: number; readonly parameter: string };
  /** Roles that the CDK assumes. */
  readonly roles: readonly string[];
  /** Buckets that assets and templates are uploaded to. */
  readonly buckets: readonly string[];
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, Asset>>;
  readonly dockerImages?: Readonly<Record<string, Asset>>;
}

interface Asset {
  readonly destinations: Readonly<Record<string, Destination>>;
}

interface Destination {
  readonly bucketName?: string;
  readonly assumeRoleArn?: string;
  readonly region?: string;
}

/** What the stacks need of the bootstrap, by account and region, as the assembly says it. */
export function bootstrapUses(stacks: readonly AssembledStack[]): BootstrapUse[] {
  const destinations = [...new Set(stacks.map(({ templateFile }) => dirname(templateFile)))].flatMap(destinationsIn);
  const places = [...new Set(stacks.map(({ account, region }) => `${account} ${region}`))];
  return places.map((place) => {
    const [account = '', region = ''] = place.split(' ');
    const own = stacks.filter((stack) => stack.account === account && stack.region === region);
    const needs = own.flatMap(({ bootstrap }) => bootstrap ?? []);
    const parameter = needs[0]?.parameter;
    const uploads = destinations.filter((destination) => isIn(destination, account, region));
    return {
      account,
      region,
      qualifier: /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(parameter ?? '')?.[1],
      version:
        parameter === undefined ? undefined : { needed: Math.max(...needs.map(({ version }) => version)), parameter },
      roles: unique([
        ...own.flatMap(({ deployRoleArn, lookupRoleArn }) => [deployRoleArn, lookupRoleArn]),
        ...uploads.map(({ assumeRoleArn }) => assumeRoleArn?.replace('${AWS::Partition}', partition(own))),
      ]),
      buckets: unique(uploads.map(({ bucketName }) => bucketName)),
    };
  });
}

function destinationsIn(directory: string): Destination[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.assets.json'))
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as AssetManifest)
    .flatMap(({ files, dockerImages }) => [...Object.values(files ?? {}), ...Object.values(dockerImages ?? {})])
    .flatMap((asset) => Object.values(asset.destinations));
}

/** A destination names its account only in the role that uploads to it. */
function isIn({ region, assumeRoleArn }: Destination, account: string, wanted: string): boolean {
  return region === wanted && (assumeRoleArn === undefined || assumeRoleArn.includes(`:${account}:`));
}

/** That of the stacks' own roles. */
function partition(stacks: readonly AssembledStack[]): string {
  return stacks.map(({ deployRoleArn }) => deployRoleArn?.split(':')[1]).find((part) => part !== undefined) ?? 'aws';
}

const unique = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];
