import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { type Operation, executorOf } from './operation';
import type { TargetOptions } from './target';

let root: string;
let printed: { out: string; err: string };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-cdk-operation-'));
  mkdirSync(join(root, 'shop'));
  const nxCdk = { stackName: 'shop-{environment}-{stack}', environments: { dev: { environment: 'development' } } };
  writeFileSync(join(root, 'shop/cdk.json'), JSON.stringify({ app: 'true', nxCdk }));
  printed = { out: '', err: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed.out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((printed.err += String(text)), true));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true });
});

type Run = Operation<{ readonly name: string }>['run'];

/** Runs an operation with one option as Nx would. */
function execute(run: Run, options: Partial<TargetOptions>, words: readonly string[] = []) {
  const execution = executorOf({
    name: 'greet',
    kinds: { name: 'text' },
    parse: ({ name, ...others }) => ({
      options: { name: String(name) },
      problems: Object.keys(others).map((other) => `--${other} is not an option.`),
    }),
    run,
  });
  const context = {
    root,
    projectName: 'cart-stack',
    configurationName: 'dev',
    projectsConfigurations: { projects: { shop: { root: 'shop' } }, version: 2 },
  };
  return execution({ app: 'shop', ...options, __overrides_unparsed__: words }, context as unknown as ExecutorContext);
}

test('an operation learns what it is asked for as it was typed, and what is wrong with it', async () => {
  const run = jest.fn<ReturnType<Run>, Parameters<Run>>(() => Promise.resolve(true));
  const words = ['--name=1.10', '--nmae=2'];
  expect(await execute(run, { environment: 'development', stack: 'cart' }, words)).toEqual({ success: true });
  expect(run.mock.calls[0]![0]).toMatchObject({
    environment: 'development',
    stacks: ['cart'],
    options: { name: '1.10' },
    optionProblems: ['--nmae is not an option.'],
    command: 'nx run cart-stack:greet --configuration=dev --name=1.10 --nmae=2',
  });
});

test('without a configuration nothing runs, and wrong options are named, too', async () => {
  const run = jest.fn<ReturnType<Run>, Parameters<Run>>(() => Promise.resolve(true));
  expect(await execute(run, {}, ['--nmae=2'])).toEqual({ success: false });
  expect(run).not.toHaveBeenCalled();
  expect(printed.err).toMatch(/Add --configuration=<dev>\.\n--nmae is not an option\.\n$/);
});

test('the result goes to standard output; what goes wrong is explained on standard error and fails the target', async () => {
  const run: Run = (_request, { say }) => {
    say('the result');
    return Promise.reject(Object.assign(new Error('no'), { name: 'CredentialsProviderError' }));
  };
  expect(await execute(run, { environment: 'development' })).toEqual({ success: false });
  expect(printed).toEqual({
    out: 'the result\n',
    err: expect.stringContaining('There are no AWS credentials. Log in') as string,
  });
});

test('an operation that says so fails, without another word', async () => {
  expect(await execute(() => Promise.resolve(false), { environment: 'development' })).toEqual({ success: false });
  expect(printed).toEqual({ out: '', err: '' });
});
