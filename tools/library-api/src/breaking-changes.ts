import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type JsiiAssembly, releasedApi } from './baseline';
import type { Finding } from './findings';
import { runTool } from './tool';

/**
 * What of a library's last released API is missing, or accepts or promises less, in the library as it is built now; by
 * jsii-diff. Nothing before its first release.
 *
 * @param library the library's folder.
 */
export function breakingChanges(library: string): Finding[] {
  const released = releasedApi(library);
  if (released === undefined) return [];
  const original = restorePackages(library, released);
  try {
    const { status, output } = runTool('jsii-diff', [original, library, '--error-on', 'all', '--keys'], process.cwd());
    const findings = findingsOf(output);
    // It ends with 1 for incompatible changes, and with something else when it could not compare.
    if (status !== 0 && findings.length === 0) throw new Error(`jsii-diff failed (${status}):\n${output}`);
    return findings;
  } finally {
    rmSync(dirname(original), { recursive: true });
  }
}

/** Of `err  - PROP @v3-backend/alb.RouteProps.hosts: has been removed [removed:@v3-backend/alb.RouteProps.hosts]`. */
export function findingsOf(output: string): Finding[] {
  return [...output.matchAll(/^(?:err |warn) - (.*) \[(\S+)\]$/gm)].map(([, message = '', key = '']) => ({
    key,
    message,
  }));
}

/**
 * Makes packages of the released API of the library and of its siblings, below this workspace, where the other packages
 * that they refer to are found.
 *
 * @returns the library's package.
 */
function restorePackages(library: string, released: JsiiAssembly): string {
  mkdirSync('dist', { recursive: true });
  const root = mkdtempSync(join(process.cwd(), 'dist/released-api-'));
  for (const dependency of Object.keys(released.dependencies ?? {})) {
    const sibling = releasedApi(join(dirname(library), basename(dependency)));
    if (sibling?.name === dependency) writePackage(join(root, 'node_modules', dependency), sibling);
  }
  const folder = join(root, 'library');
  writePackage(folder, released);
  return folder;
}

function writePackage(folder: string, assembly: JsiiAssembly): void {
  const { name, version, dependencies } = assembly;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.jsii'), JSON.stringify(assembly));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, dependencies, jsii: {} }));
}
