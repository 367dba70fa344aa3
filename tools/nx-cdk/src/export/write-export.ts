import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { OWNER_ONLY, writeWhole } from '../files/write-whole';
import type { Encryption } from './encryption/encryption';
import type { EnvironmentExport } from './environment-export';
import { exportMarkdown } from './markdown';
import { formatSecretValues, type SecretValues } from './secret-values';

/** Where exports of an environment are, relative to the workspace. */
export const exportDirectory = (environment: string) => `dist/export/${environment}`;

/**
 * Writes an export: JSON, Markdown, the encrypted values if there are any, and the checksums of all, for `sha256sum -c`.
 *
 * Named by the time, since an export that is made after the teardown must not take the place of the one made before. Only
 * their owner may read the files.
 *
 * @returns the files, relative to the workspace.
 */
export async function writeExport(
  workspaceRoot: string,
  exported: EnvironmentExport,
  secrets: readonly [Encryption, SecretValues] | undefined,
): Promise<string[]> {
  const stem = exported.exportedAt.replaceAll(/[-:]|\.\d+/g, '');
  const contents: [string, string | Uint8Array][] = [
    [`${stem}.json`, `${JSON.stringify(exported, undefined, 2)}\n`],
    [`${stem}.md`, exportMarkdown(exported)],
  ];
  if (secrets) {
    const [encryption, values] = secrets;
    contents.push([secretsFile(stem, encryption.extension), await encryption.encrypt(formatSecretValues(values))]);
  }
  contents.push([checksumFile(stem), contents.map(([name, content]) => checksumLine(name, content)).join('')]);
  const folder = exportDirectory(exported.environment);
  return contents.map(([name, content]) => {
    writeWhole(join(workspaceRoot, folder, name), content, OWNER_ONLY);
    return `${folder}/${name}`;
  });
}

const secretsFile = (stem: string, extension: string) => `${stem}.secrets.${extension}`;

/** The checksums of the files of an export. */
export const checksumFile = (stem: string) => `${stem}.sha256`;

/** The export that a file of encrypted values belongs to; undefined where its name does not tell. */
export const stemOf = (name: string): string | undefined => /^(.+)\.secrets\.(age|gpg)$/.exec(name)?.[1];

/** A line as sha256sum writes and reads it. */
export const checksumLine = (name: string, content: string | Uint8Array): string =>
  `${createHash('sha256').update(content).digest('hex')}  ${name}\n`;
