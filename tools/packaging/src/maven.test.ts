import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mavenRepositories } from './maven';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'maven-'));
  mkdirSync(join(work, 'java'));
});
afterEach(() => rmSync(work, { recursive: true }));

function settingsFor(sha1OfJar: string): string {
  writeFileSync(join(work, 'java', 'a-1.jar.sha1'), sha1OfJar);
  mavenRepositories([join(work, 'java')], work);
  return readFileSync(join(work, 'settings.xml'), 'utf8');
}

test('a folder is a repository, and its own mirror', () => {
  const settings = settingsFor('a');
  const [, id] = /<mirrorOf>(.+)<\/mirrorOf>/.exec(settings)!;
  const url = pathToFileURL(join(work, 'java')).href;
  expect(settings).toContain(`<repository><id>${id}</id><url>${url}</url></repository>`);
  expect(settings).toContain(`<mirror><id>${id}</id><mirrorOf>${id}</mirrorOf><url>${url}</url></mirror>`);
});

test('the same version, packaged again, comes from a repository of another name, or Maven would take it from its cache', () => {
  expect(settingsFor('a')).toBe(settingsFor('a'));
  expect(settingsFor('a')).not.toBe(settingsFor('b'));
});
