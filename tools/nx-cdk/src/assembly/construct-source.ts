import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AssembledStack } from './assembly';

/** What the CDK recorded of constructs, by construct path. */
type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

/** `name (file:line:column)`; the CDK has already left out what is below node_modules. */
const FRAME = /\(([^()]+):(\d+):\d+\)$/;

/**
 * Where in the app's source a resource was made: file and line of the innermost call that is not in a package.
 *
 * The CDK records it in every synth (metadata `aws:cdk:creationStack`), through the source maps where Node has them
 * enabled, as tsx does.
 *
 * @returns undefined where nothing was recorded, e.g. by an older CDK.
 */
export function sourceOf({ metadataFile }: AssembledStack, logicalId: string): string | undefined {
  if (metadataFile === undefined) return undefined;
  const constructs = Object.values(JSON.parse(readFileSync(metadataFile, 'utf8')) as Metadata);
  const entries = constructs.find((all) =>
    all.some(({ type, data }) => type === 'aws:cdk:logicalId' && data === logicalId),
  );
  const trace = entries?.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
  for (const frame of Array.isArray(trace) ? (trace as unknown[]) : []) {
    const [, file, line] = FRAME.exec(String(frame)) ?? [];
    if (file === undefined || file === '' || file.includes('/node_modules/')) continue;
    return `${file.startsWith('file:') ? fileURLToPath(file) : file}:${line}`;
  }
  return undefined;
}
