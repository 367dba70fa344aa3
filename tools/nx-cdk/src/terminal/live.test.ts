import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TerminalEmulator } from '../testing/terminal-emulator';

const testing = join(__dirname, '../testing');
const workspaceRoot = join(__dirname, '../../../..');
/** Without what Nx sets for the tests it runs: Node would warn of it in the terminal. */
const { FORCE_COLOR: _forced, ...personal } = process.env;

interface Options {
  readonly columns?: number;
  /** What to do when a text has been written. */
  readonly steps?: readonly (readonly [string, 'resize' | 'kill', number | string])[];
  readonly env?: Record<string, string>;
  /** Instead of starting it directly. */
  readonly shell?: string;
}

/** Plays a run as Nx would start it, in a terminal of its own. */
async function play(how: 'finish' | 'hang', { columns = 80, steps = [], env = {}, shell }: Options = {}) {
  const program = [process.execPath, join(testing, 'like-nx.cjs'), join(testing, 'play-a-run.ts'), how];
  const command = shell === undefined ? program : ['sh', '-c', shell, ...program];
  const { stdout } = await promisify(execFile)(
    'python3',
    [join(testing, 'pseudo-terminal.py'), String(columns), '24', JSON.stringify(steps), ...command],
    { cwd: workspaceRoot, env: { ...personal, CI: 'false', TERM: 'xterm', NO_COLOR: '1', ...env } },
  );
  const { output, left } = JSON.parse(stdout) as { output: string; left: number };
  expect(left).toBe(0);
  return { output, terminal: new TerminalEmulator(columns).write(output) };
}

describe('a run in a real terminal', () => {
  test('leaves what is over and the summary, and nothing of what was going on', async () => {
    const { output, terminal } = await play('finish');
    expect(output).toContain('  api     updating  1/3  Service/Resource');
    expect(terminal.text).toBe(
      [
        '  1   queues  update   it differs',
        '  1   api     update   it differs',
        '(node:1) Warning: something is old',
        '✔ queues: updated (2 resources, 20.0 s)',
        '✖ api: failed (1 min 1 s)',
        '',
        '✖ shop-dev-api failed: it could not be deployed',
        '    api/Service (AWS::ECS::Service): <no> such role',
        '    made at libs/api/service.ts:7',
        '✖ shop-dev-alarms blocked: it needs api',
        '',
        '✖ dev: 1 unchanged, 1 updated, 1 failed, 1 blocked in 2 min 5 s',
        '  report.json',
        '(0 bytes through pipes)',
      ].join('\n'),
    );
  });

  test('an interrupted one says so above its lines, and a killed one leaves the terminal as it was', async () => {
    const { terminal } = await play('hang', {
      steps: [
        ['2 running', 'kill', 'SIGINT'],
        ['interrupted', 'kill', 'SIGKILL'],
      ],
    });
    expect(terminal.text).toMatch(/interrupted\nPhase 1: Basics\n.*queues.*\n.*api.*\n\n0 done, 2 running/);
    expect({ wraps: terminal.wraps, cursorVisible: terminal.cursorVisible }).toEqual({
      wraps: true,
      cursorVisible: true,
    });
  });

  test('fits into a terminal that becomes narrower', async () => {
    const { output } = await play('hang', {
      steps: [
        ['2 running', 'resize', 30],
        ['0 waiting,…', 'kill', 'SIGKILL'],
      ],
    });
    const last = output.slice(output.lastIndexOf('Phase 1')).split('\x1b')[0]!;
    expect(Math.max(...last.split('\n').map((line) => line.length))).toBeLessThanOrEqual(30);
  });

  test.each([
    ['the output of Nx goes to a file', { shell: '"$0" "$@" > /dev/null; echo done' }, 'done'],
    ['it runs in CI', { env: { CI: 'true' } }, '▸ api: updating'],
    ['a person wants it', { env: { NX_CDK_PROGRESS: 'plain' } }, '▸ api: updating'],
  ])('prints plain lines to the standard output when %s', async (_, options, shown) => {
    const { output, terminal } = await play('finish', options);
    expect(output).not.toContain('\x1b');
    expect(terminal.text).toContain(shown);
    expect(terminal.text).not.toContain('(0 bytes through pipes)');
  });
});
