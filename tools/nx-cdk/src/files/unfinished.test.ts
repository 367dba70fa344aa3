import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeUnfinished, unfinishedName } from './unfinished';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nx-cdk-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('what killed processes of this machine left is removed, and nothing else', () => {
  const gone = String(spawnSync(process.execPath, ['-e', '']).pid);
  const target = join(folder, 'report.json');
  const own = unfinishedName(target);
  const ofKilled = own.replace(/\d+$/, gone);
  const kept = [own, ofKilled.replace(/unfinished-.{8}/, 'unfinished-01234567'), target, `${target}.unfinished-x`];
  for (const file of [...kept, ofKilled, unfinishedName(join(folder, 'other')).replace(/\d+$/, gone)]) {
    writeFileSync(file, '');
  }
  mkdirSync(join(`${ofKilled}-abc`, 'assets'), { recursive: true });
  removeUnfinished(target);
  expect(readdirSync(folder)).toHaveLength(kept.length + 1);
  removeUnfinished(join(folder, 'other'));
  expect(
    readdirSync(folder)
      .map((name) => join(folder, name))
      .sort(),
  ).toEqual(kept.sort());
});

test('a folder that does not exist has nothing unfinished', () => {
  expect(() => removeUnfinished(join(folder, 'none', 'file'))).not.toThrow();
});
