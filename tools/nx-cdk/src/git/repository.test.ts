import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_TREE } from '../base/choose-base';
import { GitWorkspace } from '../testing/git-workspace';
import { Repository } from './repository';

let root: string;
let repository: Repository;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-cdk-git-'));
  repository = new Repository(root);
});

afterEach(() => rmSync(root, { recursive: true }));

test('outside git, and before the first commit, no commit is checked out', () => {
  expect(repository.checkedOut()).toEqual({ commit: null, clean: false });
  new GitWorkspace(root);
  expect(repository.checkedOut()).toEqual({ commit: null, clean: false });
});

test('files that are changed, staged or new make it unclean, those that git ignores do not', () => {
  const workspace = new GitWorkspace(root);
  const commit = workspace.commit({ a: '1', '.gitignore': 'dist' });
  writeFileSync(join(root, 'dist'), '');
  expect(repository.checkedOut()).toEqual({ commit, clean: true });
  writeFileSync(join(root, 'new'), '');
  expect(repository.checkedOut()).toEqual({ commit, clean: false });
  workspace.git('add', 'new');
  expect(repository.checkedOut()).toEqual({ commit, clean: false });
  workspace.git('rm', '--quiet', '--cached', 'new');
  rmSync(join(root, 'new'));
  writeFileSync(join(root, 'a'), '2');
  expect(repository.checkedOut()).toEqual({ commit, clean: false });
});

test('it tells which commits it has, and which are part of HEAD', () => {
  const workspace = new GitWorkspace(root);
  const first = workspace.commit({ a: '1' });
  workspace.git('checkout', '--quiet', '-b', 'other');
  const other = workspace.commit({ a: '2' });
  workspace.git('checkout', '--quiet', 'main');
  expect([first, other, 'f'.repeat(40), EMPTY_TREE].map((commit) => repository.has(commit))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([first, other].map((commit) => repository.isPartOfHead(commit))).toEqual([true, false]);
});

test('changed files include both names of a renamed one, whatever characters they have', () => {
  const workspace = new GitWorkspace(root);
  const first = workspace.commit({ 'old name': 'the same content', kept: '1', gone: '1' });
  const second = workspace.commit({ 'old name': null, 'ñew\nname': 'the same content', gone: null });
  expect(repository.changedFiles(first, second)).toEqual(new Set(['old name', 'ñew\nname', 'gone']));
  expect(repository.changedFiles(first, 'HEAD')).toEqual(repository.changedFiles(first, second));
});
