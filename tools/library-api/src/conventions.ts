import type { Finding } from './findings';
import { runTool } from './tool';

/**
 * Where the API of a built library is not as the AWS construct library's guidelines want it, by awslint.
 *
 * awslint follows types into the packages that the library refers to; what it says about those is not the library's.
 *
 * @param library the library's folder.
 * @param packageName the library's name.
 */
export function unconventional(library: string, packageName: string): Finding[] {
  const { status, output } = runTool('awslint', ['--no-compile', '--no-config'], library);
  const findings = findingsOf(output);
  if (status !== 0 && findings.length === 0) throw new Error(`awslint failed (${status}):\n${output}`);
  return findings.filter(({ key }) => key.slice(key.indexOf(':') + 1).startsWith(`${packageName}.`));
}

/** Of `error: [awslint:docs-public-apis:@v3-backend/core.Naming] Public API element must have a docstring`. */
export function findingsOf(output: string): Finding[] {
  return [...output.matchAll(/^error: \[awslint:(\S+)\] (.*)$/gm)].map(([, key = '', message = '']) => ({
    key,
    message: message.trim(),
  }));
}
