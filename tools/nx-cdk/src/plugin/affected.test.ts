import { NxWorkspace } from '../testing/nx-workspace';

// Nx starts anew for each question.
jest.setTimeout(5 * 60_000);

const lockFile = (cdk: string) =>
  JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', devDependencies: { 'aws-cdk-lib': '*' } },
      'node_modules/aws-cdk-lib': { version: cdk },
    },
  });

const stack = (name: string, ...before: string[]) => ({
  [`apps/shop/stacks/${name}/project.json`]: { name: `${name}-stack`, implicitDependencies: before },
});

/** Three stacks, one after the other; the first and the last one have a library of their own, all have the config. */
const FILES = {
  'package.json': { name: 'shop', devDependencies: { 'aws-cdk-lib': '*' } },
  'package-lock.json': lockFile('2.1.0'),
  'tsconfig.base.json': {
    compilerOptions: { paths: { '@shop/*': ['libs/*/index.ts'], '@shop/config': ['apps/shop/config/index.ts'] } },
  },
  'apps/shop/project.json': { name: 'shop' },
  'apps/shop/cdk.json': {
    app: 'node main.js',
    nxCdk: { stackName: '{environment}-{stack}', environments: { dev: { environment: 'dev' } } },
  },
  'apps/shop/main.ts': "import './stacks/network/stack'; import './stacks/data/stack'; import './stacks/web/stack';",
  'apps/shop/config/project.json': { name: 'config' },
  'apps/shop/config/index.ts': 'export const config = 1;',
  ...stack('network'),
  ...stack('data', 'network-stack'),
  ...stack('web', 'data-stack'),
  'apps/shop/stacks/network/stack.ts': "import '@shop/network'; import '@shop/config';",
  'apps/shop/stacks/data/stack.ts': "import '@shop/config';",
  'apps/shop/stacks/web/stack.ts': "import '@shop/web'; import '@shop/config';",
  'libs/network/project.json': { name: 'network' },
  'libs/network/index.ts': 'export const network = 1;',
  'libs/web/project.json': { name: 'web' },
  'libs/web/index.ts': 'export const web = 1;',
  'apps/account/project.json': { name: 'account' },
  'apps/account/cdk.json': {
    app: 'node main.js',
    nxCdk: {
      stackName: '{environment}-{stack}',
      environments: { dev: { environment: 'account-dev' } },
      targetPrefix: 'admin-',
    },
  },
  'apps/account/stacks/role/project.json': { name: 'role-stack' },
  'apps/account/stacks/role/stack.ts': "import '@shop/config';",
  'docs/project.json': { name: 'docs' },
  'docs/index.md': 'How the shop works',
};

const ALL = ['data-stack:deploy', 'network-stack:deploy', 'shop:deploy', 'web-stack:deploy'];

let workspace: NxWorkspace;

beforeAll(() => {
  workspace = new NxWorkspace(FILES);
});

afterAll(() => workspace.remove());

/** Ids of the deploys that Nx selects when one file is changed. */
const deploys = (file: string, content: string) =>
  workspace.affected('deploy', { [file]: content }).tasks.filter((id) => id.endsWith(':deploy'));

describe('nx affected -t deploy', () => {
  test('selects for a library the stacks that use it, and the app, whose task then adds none', () => {
    expect(deploys('libs/web/index.ts', 'export const web = 2;')).toEqual(['shop:deploy', 'web-stack:deploy']);
  });

  test('selects those after them, too: a value they hand on may have changed, which the engine compares', () => {
    expect(deploys('libs/network/index.ts', 'export const network = 2;')).toEqual(ALL);
  });

  test('selects for a stack’s own file that stack and those after it, none before it', () => {
    expect(deploys('apps/shop/stacks/data/stack.ts', "import '@shop/config'; // changed")).toEqual(
      ALL.filter((id) => !id.startsWith('network-stack')),
    );
  });

  test('selects all stacks for what all of them share', () => {
    expect(deploys('apps/shop/config/index.ts', 'export const config = 2;')).toEqual(ALL);
  });

  test('selects no stack of an app whose targets have a prefix: those are shipped by their own name only', () => {
    const changed = { 'apps/shop/config/index.ts': 'export const config = 3;' };
    expect(workspace.affected('admin-deploy', changed).tasks.filter((id) => !id.endsWith(':synth'))).toEqual([
      'role-stack:admin-deploy',
    ]);
  });

  test('selects the app alone for its own files, which means all stacks', () => {
    expect(deploys('apps/shop/main.ts', `${FILES['apps/shop/main.ts']} // changed`)).toEqual(['shop:deploy']);
  });

  test('selects everything for another version of the CDK', () => {
    expect(deploys('package-lock.json', lockFile('2.2.0'))).toEqual(ALL);
  });

  test('selects nothing for what no stack is made of', () => {
    expect(workspace.affected('deploy', { 'docs/index.md': 'How it really works' }).tasks).toEqual([]);
  });
});

test('no task of a stack has another stack’s before it: all wait for the app’s one synth', () => {
  const { tasks, dependencies } = workspace.graph('run-many', '-t', 'deploy,destroy,rollback');
  const shipping = tasks.filter((id) => id !== 'shop:synth');
  expect(shipping).toHaveLength(3 * 4);
  for (const id of shipping) expect([id, dependencies[id]]).toEqual([id, ['shop:synth']]);
});
