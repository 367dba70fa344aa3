import { FAILED_RUN, runReport, secondsAfterStart, stackReport } from '../../testing/sample-report';
import { toHtml } from './page';

const page = toHtml(FAILED_RUN);

/** The texts of all matches of a group. */
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match.slice(1).join(' '));

describe('the report as a page', () => {
  test('needs nothing but itself: no script, and a policy that forbids to load anything', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<img|src=|url\((?!#)|@import|https?:/i);
  });

  test('begins with the outcome, the counts and where it was', () => {
    expect(page).toMatch(/<title>dev: failed<\/title>/);
    expect(page).toContain('1 unchanged, 1 updated, 1 failed, 1 blocked');
    for (const fact of ['123456789012', 'eu-west-1', FAILED_RUN.commit, FAILED_RUN.command, '2 min 5 s']) {
      expect(page).toContain(fact);
    }
  });

  test('has a node for each stack with its result in words', () => {
    const nodes = all(page, /class="node (\w+)"\s+data-stack="([\w-]+)"/g);
    expect(nodes).toEqual([
      'unchanged shop-dev-network',
      'updated shop-dev-queues',
      'failed shop-dev-api',
      'blocked shop-dev-alarms',
    ]);
    expect(all(page, /<text class="name"[^>]*>\s*([^<]+?)\s*</g)).toEqual(['network', 'queues', 'api', 'alarms']);
    expect(all(page, /<text class="result"[^>]*>\s*([^<]+?)\s*</g)).toEqual([
      'unchanged',
      'updated',
      'failed',
      'blocked',
    ]);
  });

  test('has an edge for each dependency that does not follow from others', () => {
    expect(all(page, /(class="edge")/g)).toHaveLength(3);
  });

  test('draws a chain for stacks of which each depends on all before', () => {
    const names = Array.from({ length: 40 }, (_, index) => `stack-${index}`);
    const stacks = names.map((name, index) =>
      stackReport(name, { dependsOn: names.slice(0, index).map((before) => `shop-dev-${before}`) }),
    );
    expect(all(toHtml(runReport(stacks)), /(class="edge")/g)).toHaveLength(39);
  });

  test('does not draw more stacks than anybody can follow', () => {
    const stacks = Array.from({ length: 201 }, (_, index) => stackReport(`stack-${index}`));
    const text = toHtml(runReport(stacks));
    expect(text).toContain('201 stacks are too many for one picture');
    expect(text).not.toContain('class="graph"');
  });

  test('has a bar for each stack that was worked on, where and as long as it was', () => {
    const bars = all(page, /class="bar (\w+)" data-stack="([\w-]+)"/g);
    expect(bars).toEqual(['updated shop-dev-queues', 'failed shop-dev-api']);
    const [[x1, width1], [x2, width2]] = all(page, /<rect\s+x="([\d.]+)"\s+y="[\d.]+"\s+width="([\d.]+)"/g).map((bar) =>
      bar.split(' ').map(Number),
    ) as [[number, number], [number, number]];
    expect(x2).toBeCloseTo(x1 + width1, 0);
    expect(width2 / width1).toBeCloseTo(61 / 20, 1);
  });

  test('has no timeline when nothing was worked on', () => {
    expect(toHtml(runReport([stackReport('a')]))).not.toContain('class="timeline"');
  });

  test('tells the cause of a failure before the pictures, and who was held up by it', () => {
    const cause = page.indexOf('api/Service (AWS::ECS::Service): &#60;no&#62; such role');
    expect(cause).toBeGreaterThan(0);
    expect(page.indexOf('made at libs/api/service.ts:7')).toBeGreaterThan(cause);
    expect(page.indexOf('it needs api')).toBeGreaterThan(cause);
    expect(page.indexOf('class="graph"')).toBeGreaterThan(cause);
  });

  test('lists what changed with a mark, a word, the type and the construct', () => {
    const cells = all(page, /<td[^>]*>\s*([^]*?)\s*<\/td>/g).map((cell) => cell.replaceAll(/<[^>]+>/g, ''));
    expect(cells.slice(0, 6)).toEqual([
      ...['± replace', 'AWS::SQS::Queue', 'queues/Jobs/Resource'],
      ...['− delete', 'AWS::SQS::Queue', 'Old4711'],
    ]);
  });

  test('shows what somebody must do', () => {
    expect(page).toContain('Tell the partner the new queue.');
  });

  test('lets no text of others become markup', () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror='a()'>`;
    const row = stackReport('a', {
      stackName: hostile,
      phase: hostile,
      result: 'failed',
      reason: hostile,
      error: `${hostile}\n${hostile}`,
      startedAt: secondsAfterStart(1),
      changes: [{ logicalId: hostile, type: hostile, change: 'add' }],
    });
    const more = { environment: hostile, command: hostile, notices: [hostile], problems: [hostile] };
    expect(toHtml(runReport([row], more))).not.toMatch(/<script|<img/);
  });
});
