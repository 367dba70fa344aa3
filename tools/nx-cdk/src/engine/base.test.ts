import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BaseRecord } from '../base/base-record';
import { EMPTY_TREE } from '../base/choose-base';
import { findBase } from '../base/find-base';
import { SsmRecordStore } from '../records/ssm-record-store';
import { GitWorkspace } from '../testing/git-workspace';
import { CHAIN_AND_LONER } from '../testing/sample-apps';
import { TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';

const NAME = '/nx-cdk/app/test/base';
let rig: TestRig;
let git: GitWorkspace;
let first: string;

beforeEach(async () => {
  rig = await TestRig.start(CHAIN_AND_LONER);
  git = new GitWorkspace(rig.workspace.root);
  first = git.commit({ '.gitignore': 'dist', source: '1' });
});

afterEach(() => rig.stop());

const record = () => JSON.parse(rig.aws.parameters.get(NAME) ?? 'null') as BaseRecord | null;
const base = () => findBase(rig.workspace.root, rig.workspace.app, 'test', new SsmRecordStore());
const puts = () => rig.aws.calls.filter(({ action }) => action === 'PutParameter').length;

/** A commit that changes one file, and the templates of two stacks. */
function change(version: string): string {
  const { a, d } = CHAIN_AND_LONER;
  rig.workspace.synthesize({ ...CHAIN_AND_LONER, a: { ...a, version }, d: { ...d, version } });
  return git.commit({ source: version });
}

describe('the commit that is deployed', () => {
  test('is the base once all of it is deployed; before that everything counts as changed', async () => {
    expect(await base()).toMatchObject({ revision: EMPTY_TREE });
    await rig.deploy();
    expect(record()).toEqual({ commit: first, pending: [] });
    expect(await base()).toEqual({ revision: first });
  });

  test('moves on when a later commit changes nothing that is deployed, and is not written again after that', async () => {
    await rig.deploy();
    const second = git.commit({ readme: '1' });
    await rig.deploy();
    expect([record()?.commit, puts()]).toEqual([second, 1]);
    await rig.deploy();
    expect(puts()).toBe(0);
  });

  test('stays when a deploy fails, and what failed is in the comparison with it', async () => {
    await rig.deploy();
    const second = change('2');
    rig.aws.cloudFormation.failing.set('aTopic', 'no');
    await rig.deploy();
    expect(record()).toEqual({ commit: first, pending: [second] });
    expect(await base()).toEqual({ revision: first });

    rig.aws.cloudFormation.failing.clear();
    await rig.deploy();
    expect(record()).toEqual({ commit: second, pending: [] });
  });

  test('is no base any more when what failed was reverted: what did ship of it has to be shipped back', async () => {
    await rig.deploy();
    change('2');
    rig.aws.cloudFormation.failing.set('aTopic', 'no');
    await rig.deploy();
    change('1');
    expect(await base()).toMatchObject({
      revision: EMPTY_TREE,
      everything: expect.stringContaining('source') as string,
    });
  });

  test('is no base any more after files that nobody committed were shipped', async () => {
    await rig.deploy();
    writeFileSync(join(rig.workspace.root, 'source'), '3');
    rig.workspace.synthesize({ ...CHAIN_AND_LONER, d: { version: '3' } });
    expect((await rig.deploy()).ok).toBe(true);
    expect(record()).toEqual({ commit: first, pending: [null] });
    expect(await base()).toMatchObject({ revision: EMPTY_TREE });
  });

  test('moves only when stacks that were not selected are deployed as they are, too', async () => {
    await rig.deploy();
    const second = change('2');
    await rig.deploy({}, { stacks: ['a'] });
    expect(record()).toEqual({ commit: first, pending: [second] });
    await rig.deploy({}, { stacks: ['d'] });
    expect(record()).toEqual({ commit: second, pending: [] });
  });

  test('is no base any more once a stack was destroyed, until all of it is deployed again', async () => {
    await rig.deploy();
    await rig.destroy({ confirm: 'test' }, { stacks: ['d'] });
    expect(record()).toEqual({ commit: first, pending: [null] });
    expect(await base()).toMatchObject({ revision: EMPTY_TREE });
    await rig.deploy();
    expect(await base()).toEqual({ revision: first });
  });

  test('is not touched by a dry run', async () => {
    await rig.deploy({ dryRun: true });
    expect(record()).toBeNull();
  });

  test('is noted before anything ships, and a run that must not note it ships nothing', async () => {
    rig.aws.fault = ({ action }) =>
      action === 'PutParameter' && rig.aws.parameters.has('/nx-cdk/app/test/lock')
        ? new AwsError(400, 'AccessDeniedException', 'not authorized')
        : undefined;
    expect((await rig.deploy()).problems).toEqual([expect.stringContaining(NAME)]);
    expect(rig.aws.changes).toEqual([]);
  });

  test('that cannot be noted afterwards is a notice: the base is then only older', async () => {
    await rig.deploy();
    git.commit({ readme: '1' });
    rig.aws.fault = ({ action }) =>
      action === 'PutParameter' ? new AwsError(400, 'AccessDeniedException', 'not authorized') : undefined;
    expect((await rig.deploy()).ok).toBe(true);
    expect(rig.events).toContainEqual({
      type: 'notice',
      text: expect.stringContaining('could not be recorded') as string,
    });
  });
});

test('without a synthesized app, the record is looked for in the region that is set for AWS', async () => {
  await rig.deploy();
  const store = new SsmRecordStore();
  await expect(findBase(rig.workspace.root, rig.workspace.app, 'other', store)).resolves.toMatchObject({
    everything: 'no run has deployed all stacks yet',
  });
  delete process.env['AWS_REGION'];
  process.env['AWS_CONFIG_FILE'] = join(rig.workspace.root, 'no-such-file');
  await expect(findBase(rig.workspace.root, rig.workspace.app, 'other', store)).rejects.toThrow('Set AWS_REGION');
});

test('a workspace without a commit has no base', async () => {
  const outside = await TestRig.start({});
  try {
    await expect(findBase(outside.workspace.root, outside.workspace.app, 'test', new SsmRecordStore())).rejects.toThrow(
      'no git commit',
    );
  } finally {
    await outside.stop();
  }
});
