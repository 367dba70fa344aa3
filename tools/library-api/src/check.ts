import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedChangesFile } from './baseline';
import { breakingChanges } from './breaking-changes';
import { unconventional } from './conventions';
import { type Exceptions, readExceptions } from './exceptions';
import { type Finding, judge } from './findings';

/** Every reason why the API of a built library cannot stay as it is; empty if there is none. */
export function problemsOfApi(library: string): string[] {
  return [...problemsOfChanges(library), ...problemsOfConventions(library)];
}

/** What the library no longer has or does of its last release, unless that was accepted. */
export function problemsOfChanges(library: string): string[] {
  return problems(breakingChanges(library), readExceptions(acceptedChangesFile(library)), {
    title: `${nameOf(library)} breaks those who use its last release`,
    advice: 'Keep what was there, deprecated if need be. If it has to break, commit it as a breaking change',
  });
}

function problemsOfConventions(library: string): string[] {
  const name = nameOf(library);
  return problems(unconventional(library, name), readExceptions(join(library, 'api/awslint.txt')), {
    title: `${name} is not as the guidelines for construct libraries want it`,
    advice: 'Change it. If the guideline is wrong here, say so',
  });
}

function nameOf(library: string): string {
  return (JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as { name: string }).name;
}

/** What is left of findings, and what to do about it. */
function problems(
  found: readonly Finding[],
  exceptions: Exceptions,
  { title, advice }: { readonly title: string; readonly advice: string },
): string[] {
  const { findings, unused } = judge(found, exceptions);
  const lines = findings.map(({ key, message }) => `  ${message}\n    ${key}`);
  return [
    ...(lines.length > 0
      ? [`${title}:\n${lines.join('\n')}\n${advice}, and add the key with a reason to ${exceptions.file}.`]
      : []),
    ...(unused.length > 0
      ? [
          `Nothing is found any more that these lines of ${exceptions.file} except; remove them:\n  ${unused.join('\n  ')}`,
        ]
      : []),
  ];
}
