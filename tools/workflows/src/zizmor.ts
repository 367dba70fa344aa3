import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installedCommand, installPythonPackages } from '@v3-backend/local-aws';
import type { Finding } from './workflow';

/** A finding as in zizmor's JSON; it has more. */
interface ZizmorFinding {
  readonly ident: string;
  readonly desc: string;
  readonly url: string;
  readonly locations: readonly {
    readonly symbolic: {
      readonly kind: string;
      readonly annotation: string;
      readonly key: { readonly Local: { readonly verbatim_path: string } };
    };
    readonly concrete: { readonly location: { readonly start_point: { readonly row: number } } };
  }[];
}

const run = promisify(execFile);
/** The strictest persona, nothing asked of GitHub, and findings in the output alone, so that any exit code is a failure. */
const ARGUMENTS = ['--pedantic', '--offline', '--no-progress', '--no-exit-codes', '--format=json-v1', '.github'];

/**
 * What zizmor says of everything in `.github` of a workspace. zizmor is installed once, into `.venv/zizmor`
 * of this workspace.
 *
 * @throws an error that says what to do when it cannot be installed, and one with its own words when it fails
 */
export async function runZizmor(workspaceRoot: string, log: (line: string) => void): Promise<Finding[]> {
  const home = join(__dirname, '../../../.venv');
  const environment = await installPythonPackages(
    {
      name: 'zizmor',
      requirementsFile: join(__dirname, '../python/requirements.txt'),
      folder: join(home, 'zizmor'),
      logFile: join(home, 'zizmor.log'),
    },
    log,
  );
  const { stdout } = await run(installedCommand(environment, 'zizmor'), ARGUMENTS, {
    cwd: workspaceRoot,
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(stdout) as ZizmorFinding[]).map(toFinding);
}

function toFinding({ ident, desc, url, locations }: ZizmorFinding): Finding {
  const place = locations.find(({ symbolic }) => symbolic.kind === 'Primary') ?? locations[0]!;
  const { key, annotation } = place.symbolic;
  const line = place.concrete.location.start_point.row + 1;
  return {
    by: 'zizmor',
    at: `${key.Local.verbatim_path}:${line}`,
    message: `${desc}: ${annotation} [${ident}, ${url}]`,
  };
}
