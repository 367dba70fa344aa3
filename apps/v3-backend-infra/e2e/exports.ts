import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What these tests read of an export. */
interface Export {
  readonly stacks: readonly {
    readonly name: string;
    readonly tags: object;
    readonly resources: readonly { readonly logicalId: string; readonly type: string }[];
  }[];
  readonly ssmParameters: readonly { readonly name: string; readonly type: string; readonly publishedBy: object }[];
  readonly secrets: readonly { readonly logicalId: string; readonly ownership: string }[];
  readonly securityGroups: readonly {
    readonly logicalId: string;
    readonly rules: readonly { readonly ports: string }[];
  }[];
  readonly hostedZones: readonly { readonly records: readonly { readonly name: string; readonly type: string }[] }[];
  readonly logGroups: readonly { readonly logicalId: string; readonly retentionDays: number | null }[];
  readonly byHand: readonly string[];
}

/** The exports of the local environment in a workspace. */
export class Exports {
  private readonly folder: string;

  constructor(workspace: string) {
    this.folder = join(workspace, 'dist/export/local');
  }

  /** The names of their files, the oldest first. */
  public files(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder).sort() : [];
  }

  /** Who may do what with a file, e.g. `600`. */
  public mode(file: string): string {
    return (statSync(join(this.folder, file)).mode & 0o777).toString(8);
  }

  /** Puts a file beside them. */
  public add(file: string, content: string): void {
    writeFileSync(join(this.folder, file), content);
  }

  /** The last one. */
  public newest(): Export {
    const file = this.files().findLast((name) => name.endsWith('.json'));
    return JSON.parse(readFileSync(join(this.folder, file!), 'utf8')) as Export;
  }
}

/** What is the same in a recreated environment: everything but ids, and values that are made anew. */
export function essenceOf({ stacks, ssmParameters, secrets, securityGroups, hostedZones, logGroups, byHand }: Export) {
  return {
    stacks: stacks.map(({ name, tags, resources }) => ({
      name,
      tags,
      resources: resources.map(({ logicalId, type }) => `${logicalId} ${type}`),
    })),
    ssmParameters: ssmParameters.map(({ name, type, publishedBy }) => ({ name, type, publishedBy })),
    secrets: secrets.map(({ logicalId, ownership }) => `${logicalId} ${ownership}`),
    securityGroups: securityGroups.map(({ logicalId, rules }) => [logicalId, rules.map(({ ports }) => ports).sort()]),
    records: hostedZones.flatMap(({ records }) => records.map(({ name, type }) => `${name} ${type}`)),
    logGroups: logGroups.map(({ logicalId, retentionDays }) => `${logicalId} ${retentionDays}`).sort(),
    byHand,
  };
}
