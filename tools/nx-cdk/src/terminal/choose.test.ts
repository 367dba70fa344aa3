import { chooseDisplay, displayProblems, type Surroundings } from './choose';

const atTerminal: Surroundings = {
  env: { TERM: 'xterm-256color' },
  inputIsTerminal: true,
  nxOutput: '/dev/pts/3',
  nxCommand: ['node', 'node_modules/.bin/nx', 'run', 'shop:deploy'],
};
const env = (more: Record<string, string>): Surroundings => ({ ...atTerminal, env: { ...atTerminal.env, ...more } });

describe('the display', () => {
  test('is live at a terminal, also where /proc tells nothing of Nx', () => {
    expect(chooseDisplay(atTerminal)).toBe('live');
    expect(chooseDisplay({ ...atTerminal, nxOutput: undefined, nxCommand: undefined })).toBe('live');
  });

  test.each([
    ['nobody can type', { ...atTerminal, inputIsTerminal: false }],
    ['the output of Nx goes to a file', { ...atTerminal, nxOutput: '/home/me/deploy.log' }],
    ['the output of Nx goes through a pipe', { ...atTerminal, nxOutput: 'pipe:[4711]' }],
    ['it runs in CI', env({ CI: 'true' })],
    ['the terminal cannot move its cursor', env({ TERM: 'dumb' })],
    ['NX_CDK_PROGRESS says so', env({ NX_CDK_PROGRESS: 'plain' })],
  ])('is plain when %s', (_, surroundings) => {
    expect(chooseDisplay(surroundings)).toBe('plain');
  });

  test('is live when NX_CDK_PROGRESS says so, whatever else there is', () => {
    expect(chooseDisplay({ ...env({ CI: 'true', NX_CDK_PROGRESS: 'live' }), inputIsTerminal: false })).toBe('live');
  });

  describe('for several projects', () => {
    const affected = (more: Record<string, string>, ...words: string[]): Surroundings => ({
      ...env(more),
      nxCommand: ['node', 'nx', 'affected', '-t', 'deploy', ...words],
    });

    test('is plain where Nx draws its own', () => {
      expect(chooseDisplay(affected({}))).toBe('plain');
      expect(chooseDisplay(affected({ NX_DEFAULT_OUTPUT_STYLE: 'static' }, '--output-style=dynamic'))).toBe('plain');
    });

    test.each([
      ['the environment', affected({ NX_DEFAULT_OUTPUT_STYLE: 'static-failures-only' })],
      ['an option', affected({}, '--outputStyle', 'static')],
    ])('is live where %s gives Nx a style that leaves lines alone', (_, surroundings) => {
      expect(chooseDisplay(surroundings)).toBe('live');
    });
  });

  test('another value of NX_CDK_PROGRESS is a problem that names it', () => {
    expect(displayProblems({ NX_CDK_PROGRESS: 'fancy' })).toEqual(['NX_CDK_PROGRESS=fancy must be live or plain.']);
    expect(displayProblems({ NX_CDK_PROGRESS: 'live' })).toEqual([]);
    expect(displayProblems({})).toEqual([]);
  });
});
