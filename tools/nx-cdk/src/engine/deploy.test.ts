import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../events/event';
import type { RunReport } from '../report/report';
import { CHAIN_AND_LONER } from '../testing/sample-apps';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(CHAIN_AND_LONER);
});

afterEach(() => rig.stop());

describe('what ships', () => {
  test('a first deploy creates every stack after those it needs, and writes the report', async () => {
    const report = await rig.deploy();
    expect(resultsOf(report)).toEqual({ a: 'created', b: 'created', c: 'created', d: 'created', e: 'created' });
    expect(rig.started.indexOf('a')).toBeLessThan(rig.started.indexOf('b'));
    expect(rig.started.indexOf('b')).toBeLessThan(rig.started.indexOf('c'));
    const written = JSON.parse(
      readFileSync(join(rig.workspace.root, 'dist/deploy/test/report.json'), 'utf8'),
    ) as RunReport;
    expect(written).toEqual(report);
    expect(written).toMatchObject({ ok: true, account: '123456789012', region: 'eu-west-1', commit: null });
    expect(readFileSync(join(rig.workspace.root, 'dist/deploy/test/report.md'), 'utf8')).toContain(
      '| early | a | created |',
    );
  });

  test('a second deploy changes nothing and asks for no change set', async () => {
    await rig.deploy();
    const report = await rig.deploy();
    expect(new Set(Object.values(resultsOf(report)))).toEqual(new Set(['unchanged']));
    expect(rig.aws.changes).toEqual([]);
  });

  test('only the stack whose template differs ships, and the report says what differs', async () => {
    await rig.deploy();
    rig.workspace.synthesize({ ...CHAIN_AND_LONER, d: { version: '2' } });
    const report = await rig.deploy();
    expect(rig.aws.changes).toEqual(['UpdateStack d']);
    expect(rowOf(report, 'd')).toMatchObject({
      result: 'updated',
      reason: '1 resource changed: Topic',
      resources: 1,
    });
  });

  test('a value that changes upstream ships every stack that reads it, through the whole chain', async () => {
    await rig.deploy();
    rig.workspace.synthesize({ ...CHAIN_AND_LONER, a: { ...CHAIN_AND_LONER['a'], publishes: { key: 'two' } } });
    const report = await rig.deploy();
    expect(resultsOf(report)).toEqual({ a: 'updated', b: 'updated', c: 'updated', d: 'unchanged', e: 'unchanged' });
    expect(rowOf(report, 'c')?.reason).toBe('SSM /app/b/key changed');
  });

  test('an SSM value changed behind CloudFormation’s back ships the stack that reads it', async () => {
    await rig.deploy();
    rig.aws.parameters.set('/app/a/key', 'edited by hand');
    expect(resultsOf(await rig.deploy())).toMatchObject({ a: 'unchanged', b: 'updated', c: 'updated' });
  });

  test('tags that differ ship the stack', async () => {
    await rig.deploy();
    rig.aws.cloudFormation.stacks.get('a')!.tags = { app: 'y' };
    expect(rowOf(await rig.deploy(), 'a')?.reason).toBe('tags differ');
  });

  test('--imageTag updates only the stack that declares it, and the tag is kept by the next deploy', async () => {
    await rig.deploy();
    expect(resultsOf(await rig.deploy({ imageTag: 'v2' }))).toMatchObject({
      a: 'unchanged',
      d: 'unchanged',
      e: 'updated',
    });
    expect(rig.aws.parameters.get('/app/e/tag')).toBe('v2');
    rig.workspace.synthesize({ ...CHAIN_AND_LONER, e: { ...CHAIN_AND_LONER['e'], version: '2' } });
    expect(resultsOf(await rig.deploy())).toMatchObject({ e: 'updated' });
    expect(rig.aws.parameters.get('/app/e/tag')).toBe('v2');
  });

  test('--infraOnly leaves out the phases that are no infrastructure, and the full deploy then ships only those', async () => {
    expect(resultsOf(await rig.deploy({ infraOnly: true }))).toMatchObject({ c: 'created', e: 'excluded' });
    expect(resultsOf(await rig.deploy())).toMatchObject({
      a: 'unchanged',
      c: 'unchanged',
      d: 'unchanged',
      e: 'created',
    });
  });

  test('--force ships what does not differ, and the report says that CloudFormation found nothing to change', async () => {
    await rig.deploy();
    const report = await rig.deploy({ force: true }, { stacks: ['d'] });
    expect(rig.aws.changes).toEqual(['UpdateStack d']);
    expect(resultsOf(report)).toMatchObject({ a: 'excluded', d: 'unchanged' });
    expect(rowOf(report, 'd')?.reason).toMatch(/^CloudFormation found nothing to change, although .*--force/);
  });

  test('--dryRun says what would ship and changes nothing', async () => {
    const report = await rig.deploy({ dryRun: true });
    expect(report).toMatchObject({ ok: true, dryRun: true });
    expect(rowOf(report, 'a')?.reason).toBe('dry run, would create: it is not deployed yet');
    expect(rig.aws.changes).toEqual([]);
  });

  test('a stack in a phase with change sets is created and updated by one', async () => {
    rig.workspace.synthesize({ a: { phase: 'late' } });
    await rig.deploy();
    expect(rig.aws.changes).toEqual(['CreateChangeSet a', 'ExecuteChangeSet a']);
  });
});

describe('which stacks belong to the run', () => {
  test('a selected stack brings in the one that publishes what it needs and that is not there yet', async () => {
    const report = await rig.deploy({}, { stacks: ['c'] });
    expect(resultsOf(report)).toEqual({ a: 'created', b: 'created', c: 'created', d: 'excluded', e: 'excluded' });
    const planned = rig.events.find(({ type }) => type === 'planned') as Extract<Event, { type: 'planned' }>;
    expect(planned.stacks.find(({ name }) => name === 'b')?.reason).toContain('c needs its SSM parameter /app/b/key');
  });

  test('the order holds when a stack in the middle is not selected', async () => {
    await rig.deploy();
    rig.workspace.synthesize({
      ...CHAIN_AND_LONER,
      a: { ...CHAIN_AND_LONER['a'], version: '2' },
      c: { ...CHAIN_AND_LONER['c'], version: '2' },
    });
    await rig.deploy({}, { stacks: ['a', 'c'] });
    expect(rig.started).toEqual(['a', 'c']);
    expect(rig.aws.changes).toEqual(['UpdateStack a', 'UpdateStack c']);
  });

  test('when the app is selected beside stacks, those whose templates differ ship, too, and no others', async () => {
    await rig.deploy({ infraOnly: true });
    rig.workspace.synthesize({ ...CHAIN_AND_LONER, b: { ...CHAIN_AND_LONER['b'], version: '2' } });
    rig.aws.cloudFormation.stacks.get('a')!.tags = { app: 'changed by hand' };
    const report = await rig.deploy({}, { stacks: ['d'], withApp: true });
    expect(resultsOf(report)).toEqual({
      a: 'excluded',
      b: 'updated',
      c: 'excluded',
      d: 'unchanged',
      e: 'excluded',
    });
    const planned = rig.events.find((event) => event.type === 'planned');
    expect(planned?.stacks.find(({ name }) => name === 'b')?.reason).toContain('included because the app is selected');
  });

  test('a parameter that nobody publishes is refused before anything ships, naming who should publish it', async () => {
    rig.workspace.synthesize({ ...CHAIN_AND_LONER, c: { after: ['b'], reads: ['/app/b/other'] } });
    const report = await rig.deploy();
    expect(report.problems).toEqual([
      expect.stringMatching(/c needs the SSM parameter \/app\/b\/other.*the b stack should/),
    ]);
    expect(rig.aws.changes).toEqual([]);
  });
});
