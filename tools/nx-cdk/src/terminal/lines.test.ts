import type { Event, StackProgress } from '../events/event';
import { FAILED_RUN } from '../testing/sample-report';
import { LiveRenderer } from './live';
import { noPaint } from './paint';
import { plainRenderer } from './plain';

const progress: StackProgress = {
  type: 'stack-progress',
  name: 'api',
  done: 1,
  total: 3,
  resource: 'api/Service/Resource',
  status: 'UPDATE_IN_PROGRESS',
};
const failure: StackProgress = { ...progress, status: 'UPDATE_FAILED', statusReason: 'no such role' };
const started: Event = { type: 'stack-started', name: 'api', verb: 'updating', reason: 'it differs' };
const detail: Event = { type: 'detail', name: 'api', text: 'publishing\nassets' };

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** The lines that stay on a live display. */
function live(verbose: boolean, ...events: Event[]): string[] {
  let written = '';
  const renderer = new LiveRenderer(
    { columns: 80, rows: 24, write: (text) => void (written += text) },
    { verbose, paint: noPaint },
  );
  events.forEach(renderer.listener);
  renderer.close();
  return written
    .replaceAll(/\x1b\[[?\d;]*\w|\r/g, '')
    .split('\n')
    .filter(Boolean);
}

function plain(verbose: boolean, ...events: Event[]): string[] {
  const lines: string[] = [];
  events.forEach(plainRenderer((line) => lines.push(line), { verbose }));
  return lines;
}

describe('lines that stay', () => {
  test.each([
    ['plain', plain],
    ['live', live],
  ])('with --verbose there is one for every event on a %s display', (_, show) => {
    expect(show(true, started, progress, failure, detail)).toEqual([
      '▸ api: updating, because it differs',
      '  api: 1/3 UPDATE_IN_PROGRESS api/Service/Resource',
      '  api: 1/3 UPDATE_FAILED api/Service/Resource: no such role',
      '  api: publishing',
      '  api: assets',
    ]);
  });

  test('a live display shows a running stack below them instead, but a failure at once', () => {
    expect(live(false, started, progress, detail, failure)).toEqual([
      '  api: 1/3 UPDATE_FAILED api/Service/Resource: no such role',
    ]);
  });

  test('a plain one tells when a stack begins, and again when it takes long', () => {
    const lines: string[] = [];
    const listener = plainRenderer((line) => lines.push(line), { verbose: false });
    [started, progress].forEach(listener);
    jest.advanceTimersByTime(16_000);
    [progress, progress].forEach(listener);
    expect(lines).toEqual(['▸ api: updating', '  api: 1/3 UPDATE_IN_PROGRESS api/Service/Resource']);
  });

  test('the summary has the failures with their causes first, then what they held up, then the totals', () => {
    const lines = plain(false, { type: 'run-finished', report: FAILED_RUN, files: ['report.json'] });
    expect(lines).toEqual([
      '',
      '✖ shop-dev-api failed: it could not be deployed',
      '    api/Service (AWS::ECS::Service): <no> such role',
      '    made at libs/api/service.ts:7',
      '✖ shop-dev-alarms blocked: it needs api',
      '',
      '✖ dev: 1 unchanged, 1 updated, 1 failed, 1 blocked in 2 min 5 s',
      '  report.json',
    ]);
  });
});
