import { encryptionFor, type Encryption, RECIPIENTS } from '../export/encryption/encryption';
import type { OptionKind } from './command-line';
import { flagReader, type Parsed, readList, unknownOptions } from './options';

type Given = Readonly<Record<string, unknown>>;

/** Options of an export. */
export interface ExportOptions {
  /** Encrypts the secrets' values; undefined leaves them out. */
  readonly encryption?: Encryption;
}

/** Options of an import of secrets. */
export interface ImportSecretsOptions {
  /** The file with the values, relative to the workspace. */
  readonly file: string;
  /** The file with the age key, relative to the workspace; undefined for OpenPGP. */
  readonly identity?: string;
  /** The environment's name, typed as confirmation. */
  readonly confirm?: string;
  readonly dryRun: boolean;
  /** Secrets, as `<stack>/<logical id>`, that get their former value although something else has a copy of the present one. */
  readonly overwrite: readonly string[];
}

/** What each option of an export takes. */
export const EXPORT_OPTIONS = {
  includeSecretValues: 'boolean',
  recipient: 'text',
} as const satisfies Record<string, OptionKind>;

/** What each option of an import of secrets takes. */
export const IMPORT_SECRETS_OPTIONS = {
  file: 'text',
  identity: 'text',
  confirm: 'text',
  dryRun: 'boolean',
  overwrite: 'text',
} as const satisfies Record<keyof ImportSecretsOptions, OptionKind>;

/** Validates the options of an export. */
export function parseExportOptions({ verbose: _verbose, ...given }: Given): Parsed<ExportOptions> {
  const problems = unknownOptions(given, EXPORT_OPTIONS);
  const withValues = flagReader(given, problems)('includeSecretValues', false);
  const recipient = given['recipient'] === undefined ? undefined : String(given['recipient']);
  const encryption = recipient === undefined ? undefined : encryptionFor(recipient);
  if (recipient !== undefined && encryption === undefined) {
    problems.push(`--recipient=${recipient} is not ${RECIPIENTS}.`);
  }
  if (withValues && recipient === undefined) {
    problems.push(
      `--includeSecretValues needs --recipient: values are written only encrypted. It takes ${RECIPIENTS}.`,
    );
  }
  if (!withValues && recipient !== undefined) {
    problems.push('--recipient has no effect without --includeSecretValues. Add that, or leave it out.');
  }
  return { options: { encryption }, problems };
}

/** Validates the options of an import of secrets. */
export function parseImportSecretsOptions({ verbose: _verbose, ...given }: Given): Parsed<ImportSecretsOptions> {
  const problems = unknownOptions(given, IMPORT_SECRETS_OPTIONS);
  const text = (name: string) => (given[name] === undefined ? undefined : String(given[name]));
  const file = text('file');
  if (file === undefined || file === '') problems.push('--file=<the encrypted file that export wrote> is missing.');
  if (text('identity') === '') problems.push('--identity must be the name of a file with an age key.');
  const options = {
    file: file ?? '',
    identity: text('identity'),
    confirm: text('confirm'),
    dryRun: flagReader(given, problems)('dryRun', false),
    overwrite: readList(given, 'overwrite', problems),
  };
  return { options, problems };
}
