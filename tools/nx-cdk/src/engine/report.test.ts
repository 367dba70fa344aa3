import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../report/report';
import { CHAIN_AND_LONER } from '../testing/sample-apps';
import { rowOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(CHAIN_AND_LONER);
});

afterEach(() => rig.stop());

/** Records, as the CDK does, where in the workspace a resource was made. */
function madeAt(stack: string, logicalId: string, place: string): void {
  const { assembly, root } = rig.workspace;
  const file = join(assembly, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { artifacts: Record<string, object> };
  Object.assign(manifest.artifacts[stack]!, { additionalMetadataFile: `${stack}.metadata.json` });
  writeFileSync(file, JSON.stringify(manifest));
  const entries = [
    { type: 'aws:cdk:logicalId', data: logicalId },
    { type: 'aws:cdk:creationStack', data: ['...new Topic in aws-cdk-lib...', `new B (${join(root, place)}:3)`] },
  ];
  writeFileSync(join(assembly, `${stack}.metadata.json`), JSON.stringify({ [`/${stack}/Topic/Resource`]: entries }));
}

describe('the report of a run', () => {
  test('tells where in the source the resource was made that failed, relative to the workspace', async () => {
    madeAt('b', 'bTopic', 'libs/topics.ts:41');
    rig.aws.cloudFormation.failing.set('bTopic', 'the topic is cursed');
    const report = await rig.deploy();
    expect(rowOf(report, 'b')?.error).toBe(
      'b/Topic/Resource (AWS::SNS::Topic): the topic is cursed\nmade at libs/topics.ts:41',
    );
  });

  test('tells what each stack directly depends on, and when the work on it began', async () => {
    rig.aws.cloudFormation.failing.set('bTopic', 'no');
    const report = await rig.deploy();
    expect(rowOf(report, 'c')?.dependsOn).toEqual(['b']);
    expect(Date.parse(rowOf(report, 'b')?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(report.startedAt));
    expect(rowOf(report, 'c')?.startedAt).toBeUndefined();
  });

  test('remembers how long a stack took when it last shipped, through runs that did not ship it', async () => {
    const shipped = rowOf(await rig.deploy(), 'd');
    expect(shipped?.shippedMs).toBe(shipped?.durationMs);
    await rig.deploy({ dryRun: true });
    expect(rowOf(await rig.deploy(), 'd')).toMatchObject({ result: 'unchanged', shippedMs: shipped?.shippedMs });
    const planned = rig.events.find((event) => event.type === 'planned');
    expect(planned?.stacks.find(({ name }) => name === 'd')?.expectedMs).toBe(shipped?.shippedMs);
  });

  test('does not need the one before: a broken file only costs the estimate', async () => {
    const folder = join(rig.workspace.root, 'dist/deploy/test');
    await rig.deploy();
    writeFileSync(join(folder, 'report.json'), '{"stacks": [');
    expect((await rig.deploy()).ok).toBe(true);
  });

  test('is written as JSON, Markdown and HTML, also when the run is refused', async () => {
    const report = await rig.deploy({ concurrency: 0 });
    const folder = join(rig.workspace.root, 'dist/deploy/test');
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(report)) as RunReport,
    );
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('--concurrency=0');
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('--concurrency=0');
    expect(existsSync(join(folder, `report.html.${process.pid}.tmp`))).toBe(false);
  });
});
