import type { AnnouncedStack, Event } from '../events/event';
import type { StackReport, StackResult } from '../report/report';
import { liveLines } from './live-lines';
import { ansiPaint, noPaint } from './paint';
import { nothingToShow, type Progress, track } from './progress';

const data = { name: '3', title: 'Data' };

function stack(name: string, details: Partial<AnnouncedStack> = {}): AnnouncedStack {
  return { name, phase: data, action: 'update', reason: 'it differs', needs: [], ...details };
}

const planned = (...stacks: AnnouncedStack[]): Event => ({ type: 'planned', stacks, concurrency: 2 });
const started = (name: string): Event => ({ type: 'stack-started', name, verb: 'updating', reason: '' });
const finished = (name: string, result: StackResult): Event => {
  const report = { result } as StackReport;
  return { type: 'stack-finished', name, report };
};
const progressed = (name: string, done: number, resource: string): Event => ({
  type: 'stack-progress',
  name,
  done,
  total: 12,
  resource,
  status: 'UPDATE_IN_PROGRESS',
});

/** The state after these events, each a second after the one before; the first one at 1 s. */
const after = (...events: Event[]): Progress =>
  events.reduce((progress, event, index) => track(progress, event, 1000 * (index + 1)), nothingToShow);

const show = (progress: Progress, now: number, view = {}) =>
  liveLines(progress, { columns: 80, rows: 24, now, paint: noPaint, ...view });

describe('the lines of a live display', () => {
  test('each running stack has one with its resources, the current one and the time, below its phase', () => {
    const progress = after(
      planned(stack('database'), stack('waf'), stack('alb', { phase: { name: '4A', title: 'Load balancer' } })),
      started('database'),
      started('alb'),
      progressed('database', 3, 'database-stack/Database/Instance/Resource'),
    );
    expect(show(progress, 65_000)).toEqual([
      'Phase 3: Data',
      `  database  updating  3/12  ${'Database/Instance/Resource'.padEnd(41)}  1 min 3 s`,
      'Phase 4A: Load balancer',
      `  alb       updating     0  ${''.padEnd(41)}  1 min 2 s`,
      '',
      '0 done, 2 running, 1 waiting, 0 failed  (1 min 4 s)',
    ]);
  });

  test('what is finished is counted by how it ended, and shown no more', () => {
    const progress = after(
      planned(stack('a'), stack('b'), stack('c'), stack('d')),
      started('a'),
      finished('a', 'updated'),
      started('b'),
      finished('b', 'failed'),
      finished('c', 'blocked'),
      started('d'),
      finished('not-planned', 'excluded'),
    );
    expect(show(progress, 8000)).toEqual([
      'Phase 3: Data',
      expect.stringContaining('  d  updating'),
      '',
      '1 done, 1 running, 0 waiting, 1 failed, 1 blocked  (7 s)',
    ]);
  });

  test('a stack that goes on with another step keeps its time', () => {
    const progress = after(planned(stack('a')), started('a'), progressed('a', 5, 'a/B'), started('a'));
    expect(show(progress, 10_000)[1]).toMatch(/ a {2}updating {2}0 .* 8 s$/);
  });

  test('the time left is told when it is known of every stack that is not done', () => {
    const times = { expectedMs: 60_000 };
    const known = after(planned(stack('a', times), stack('b', { ...times, needs: ['a'] })), started('a'));
    expect(show(known, 12_000).at(-1)).toContain('(11 s, about 2 min left)');
    const unknown = after(planned(stack('a', times), stack('b')), started('a'));
    expect(show(unknown, 12_000).at(-1)).not.toContain('left');
  });

  test.each([8, 20, 40, 60, 79, 120])('no line is wider than a terminal of %i columns', (columns) => {
    const progress = after(
      planned(stack('log-forwarder'), stack('s3')),
      started('log-forwarder'),
      started('s3'),
      progressed('s3', 11, `s3-stack/${'VeryLongConstructName/'.repeat(9)}Resource`),
    );
    const lines = show(progress, 3_700_000, { columns });
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines.join('\n')).toContain(columns === 8 ? '  log-f…' : 's3 ');
  });

  test('a resource too long for its column loses its beginning, which says least', () => {
    const progress = after(
      planned(stack('s3')),
      started('s3'),
      progressed('s3', 1, `s3/${'A/'.repeat(50)}Bucket/Policy`),
    );
    expect(show(progress, 4000)[1]).toMatch(/ …[A/]+\/Bucket\/Policy {2}2 s$/);
  });

  test.each([1, 2, 3, 4, 6, 10])('a terminal of %i rows always has one left for the cursor', (rows) => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const stacks = names.map((name) => stack(name, { phase: { name, title: name } }));
    const lines = show(after(planned(...stacks), ...names.map(started)), 9000, { rows });
    expect(lines.length).toBeLessThan(Math.max(2, rows));
    expect(lines.at(-1)).toMatch(/^0 done, 6 running/);
  });

  test('stacks that do not fit are counted; phases are left out before that', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const progress = after(planned(...names.map((name) => stack(name))), ...names.map(started));
    expect(show(progress, 9000, { rows: 9 }).map((line) => line.trim().split(' ')[0])).toEqual([...names, '', '0']);
    expect(show(progress, 9000, { rows: 6 })).toEqual([
      expect.stringMatching(/^ {2}a /),
      expect.stringMatching(/^ {2}b /),
      '  … and 4 more',
      '',
      expect.any(String),
    ]);
  });

  test('without colours the text is the same', () => {
    const progress = after(planned(stack('a'), stack('b')), started('a'), started('b'), finished('b', 'failed'));
    const colored = show(progress, 9000, { paint: ansiPaint }).join('\n');
    expect(colored).toContain('\x1b[31m1 failed\x1b[39m');
    expect(colored.replaceAll(/\x1b\[\d+m/g, '')).toBe(show(progress, 9000).join('\n'));
  });

  test('there are none before the plan and after the end', () => {
    expect(show(after(), 0)).toEqual([]);
    const over = after(planned(stack('a')), started('a'), { type: 'run-finished', report: {} as never, files: [] });
    expect(show(over, 0)).toEqual([]);
  });
});
