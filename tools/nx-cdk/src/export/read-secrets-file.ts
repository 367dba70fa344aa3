import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ImportSecretsOptions } from '../options/export-options';
import { decrypt } from './encryption/encryption';
import { parseSecretValues, type SecretValues } from './secret-values';
import { checksumFile, checksumLine, stemOf } from './write-export';

/** Values that were read, or why they were not. */
export type ReadSecrets = { readonly values: SecretValues } | { readonly problems: readonly string[] };

/** Reads exported values: checks the checksum where the export's checksums are beside the file, and decrypts in memory. */
export async function readSecretsFile(
  workspaceRoot: string,
  { file, identity }: Pick<ImportSecretsOptions, 'file' | 'identity'>,
): Promise<ReadSecrets> {
  const path = resolve(workspaceRoot, file);
  const content = readOrUndefined(path);
  const key = identity === undefined ? undefined : readOrUndefined(resolve(workspaceRoot, identity))?.toString();
  const problems = [
    ...(content === undefined ? [`--file=${file} cannot be read.`] : []),
    ...(identity !== undefined && key === undefined ? [`--identity=${identity} cannot be read.`] : []),
    ...(content !== undefined && !matchesChecksum(path, content)
      ? [`--file=${file} was changed since it was exported: its checksum is not the one in ${checksumsOf(path)}.`]
      : []),
  ];
  if (content === undefined || problems.length > 0) return { problems };
  try {
    const values = parseSecretValues(await decrypt(content, key));
    return values ? { values } : { problems: [`--file=${file} has no values of secrets that export wrote.`] };
  } catch (error) {
    return { problems: [`--file=${file}: ${(error as Error).message}`] };
  }
}

function readOrUndefined(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

const checksumsOf = (path: string) => checksumFile(stemOf(basename(path)) ?? '');

/** True, too, where the checksums were not kept: what was encrypted cannot be changed unnoticed. */
function matchesChecksum(path: string, content: Buffer): boolean {
  const checksums = join(dirname(path), checksumsOf(path));
  if (stemOf(basename(path)) === undefined || !existsSync(checksums)) return true;
  return readFileSync(checksums, 'utf8').includes(checksumLine(basename(path), content));
}
