import {
  addProjectConfiguration,
  readJson,
  readProjectConfiguration,
  type Tree,
  updateProjectConfiguration,
  writeJson,
} from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import stackGenerator from './generator';

const CDK_JSON = {
  app: 'npx tsx src/main.ts',
  nxCdk: {
    stackName: 'shop-{environment}-{stack}',
    environments: { dev: { environment: 'development' } },
    phases: [
      { name: '1', title: 'First', stacks: ['network'] },
      { name: '2', title: 'Second' },
    ],
  },
};
const JEST = "module.exports = { displayName: 'network-stack', coverageDirectory: '../coverage/stacks/network' };\n";
let tree: Tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  addProjectConfiguration(tree, 'shop', { root: 'apps/shop' });
  addProjectConfiguration(tree, 'carts', { root: 'libs/carts', tags: ['layer:carts'] });
  writeJson(tree, 'apps/shop/cdk.json', CDK_JSON);
  addStack('network', ['type:stack', 'owner:platform', 'phase:1', 'layer:carts']);
  addStack('database', ['type:stack', 'phase:2']);
});

function addStack(name: string, tags: string[]): void {
  addProjectConfiguration(tree, `${name}-stack`, { root: `apps/shop/stacks/${name}`, tags });
  tree.write(`apps/shop/stacks/${name}/stack.ts`, '');
}

function withoutPhases(): void {
  const { phases: _phases, ...nxCdk } = CDK_JSON.nxCdk;
  writeJson(tree, 'apps/shop/cdk.json', { ...CDK_JSON, nxCdk });
}

/** What the generator prints once the files are written. */
async function printed(options: Parameters<typeof stackGenerator>[1]): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  await (
    await stackGenerator(tree, options)
  )();
  write.mockRestore();
  return lines.join('');
}

describe('a new stack', () => {
  test('is a plain Stack subclass in a folder that the plug-in recognizes', async () => {
    await stackGenerator(tree, { name: 'order-queue', app: 'shop', phase: '2' });
    const source = tree.read('apps/shop/stacks/order-queue/stack.ts', 'utf8');
    expect(source).toContain('export class OrderQueueStack extends Stack {');
    expect(source).toContain('props: OrderQueueStackProps');
    expect(tree.exists('apps/shop/stacks/order-queue/project.json')).toBe(true);
  });

  test('gets the tags all its neighbours share, its phase, its layer, and its edges', async () => {
    const dependsOn = ['network', 'database-stack'];
    await stackGenerator(tree, { name: 'cart', app: 'shop', phase: '2', layer: 'carts', dependsOn });
    expect(readJson(tree, 'apps/shop/stacks/cart/project.json')).toEqual({
      $schema: '../../../../node_modules/nx/schemas/project-schema.json',
      name: 'cart-stack',
      sourceRoot: 'apps/shop/stacks/cart',
      projectType: 'library',
      implicitDependencies: ['network-stack', 'database-stack'],
      tags: ['type:stack', 'phase:2', 'layer:carts'],
    });
  });

  test('has the targets that all its neighbours have from the defaults of the workspace', async () => {
    const targets = { lint: {}, audit: {}, check: { command: 'true' } };
    for (const [neighbour, own] of [
      ['network', targets],
      ['database', { ...targets, audit: { command: 'true' } }],
    ] as const) {
      updateProjectConfiguration(tree, `${neighbour}-stack`, { root: `apps/shop/stacks/${neighbour}`, targets: own });
    }
    await stackGenerator(tree, { name: 'cart', app: 'shop', phase: '2' });
    expect(readJson(tree, 'apps/shop/stacks/cart/project.json').targets).toEqual({ lint: {} });
  });

  test('is the last of its phase in cdk.json, of which nothing else changes', async () => {
    await stackGenerator(tree, { name: 'cart', app: 'shop', phase: '1' });
    await stackGenerator(tree, { name: 'mail', app: 'shop', phase: 2 });
    const [first, second] = CDK_JSON.nxCdk.phases;
    const phases = [
      { ...first, stacks: ['network', 'cart'] },
      { ...second, stacks: ['mail'] },
    ];
    expect(readJson(tree, 'apps/shop/cdk.json')).toEqual({ ...CDK_JSON, nxCdk: { ...CDK_JSON.nxCdk, phases } });
  });

  test('is named like its neighbours, and is not of their phase or layer', async () => {
    withoutPhases();
    tree.delete('apps/shop/stacks');
    const tags = ['type:stack', 'phase:1', 'layer:carts'];
    addProjectConfiguration(tree, 'shop-network', { root: 'apps/shop/stacks/network', tags });
    const before = tree.read('apps/shop/cdk.json', 'utf8');
    await stackGenerator(tree, { name: 'cart', app: 'shop' });
    expect(readProjectConfiguration(tree, 'shop-cart')).toMatchObject({
      implicitDependencies: [],
      tags: ['type:stack'],
    });
    expect(tree.read('apps/shop/cdk.json', 'utf8')).toBe(before);
  });

  test('lies where nxCdk.stacks says', async () => {
    writeJson(tree, 'apps/shop/cdk.json', {
      ...CDK_JSON,
      nxCdk: { ...CDK_JSON.nxCdk, stacks: 'src/parts', phases: [] },
    });
    await stackGenerator(tree, { name: 'cart', app: 'shop' });
    expect(tree.exists('apps/shop/src/parts/cart/stack.ts')).toBe(true);
  });
});

describe('its test', () => {
  const files = () => tree.children('apps/shop/stacks/cart').sort();

  test('is left out where nothing uses Jest', async () => {
    await stackGenerator(tree, { name: 'cart', app: 'shop', phase: '1' });
    expect(files()).toEqual(['project.json', 'stack.ts']);
  });

  test('is configured like a neighbour’s, under the new names', async () => {
    tree.write('apps/shop/stacks/network/jest.config.cjs', JEST);
    await stackGenerator(tree, { name: 'cart', app: 'shop', phase: '1' });
    expect(files()).toEqual(['jest.config.cjs', 'project.json', 'stack.test.ts', 'stack.ts']);
    const config = tree.read('apps/shop/stacks/cart/jest.config.cjs', 'utf8');
    expect(config).toBe(JEST.replace('network-stack', 'cart-stack').replace('/network', '/cart'));
  });

  test('leaves its configuration to the app where only the app has one', async () => {
    tree.write('apps/shop/jest.config.js', 'module.exports = {};');
    await stackGenerator(tree, { name: 'cart', app: 'shop', phase: '1' });
    expect(files()).toEqual(['project.json', 'stack.test.ts', 'stack.ts']);
    expect(tree.read('apps/shop/stacks/cart/stack.test.ts', 'utf8')).toContain("from './stack'");
  });
});

describe('what remains to be done by hand', () => {
  test('is printed with the names to use', async () => {
    const text = await printed({ name: 'cart', app: 'shop', phase: '2', dependsOn: ['network', 'database'] });
    expect(text).toContain('Compose CartStack (./stacks/cart/stack) in the code of shop');
    expect(text).toContain('shop-{environment}-cart');
    expect(text).toContain('depend on network, database');
  });
});

describe('a refusal', () => {
  /** The problems, after a check that nothing was changed. */
  async function refused(options: Parameters<typeof stackGenerator>[1]): Promise<string> {
    const before = tree.listChanges();
    const problem = await stackGenerator(tree, options).then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
    expect(tree.listChanges()).toEqual(before);
    return problem;
  }

  test('names everything that is wrong at once, and what is allowed', async () => {
    const problem = await refused({
      name: 'Cart_Stack',
      app: 'shop',
      phase: '3',
      layer: 'cart',
      dependsOn: ['networking', 'database', 'mail'],
    });
    expect(problem.split('\n').slice(1)).toEqual([
      '- name: "Cart_Stack" is no kebab-case name. Use a-z, 0-9 and single dashes, e.g. order-queue.',
      '- phase: there is no phase "3". The phases of shop are 1, 2.',
      '- layer: no project has the tag layer:cart. The layers are carts.',
      '- dependsOn: there is no stack "networking". The stacks of shop are database, network.',
      '- dependsOn: there is no stack "mail". The stacks of shop are database, network.',
    ]);
  });

  test('a stack that is there, or whose project’s name is taken', async () => {
    expect(await refused({ name: 'network', app: 'shop', phase: '1' })).toContain('apps/shop/stacks/network exists');
    addProjectConfiguration(tree, 'cart-stack', { root: 'elsewhere' });
    expect(await refused({ name: 'cart', app: 'shop', phase: '1' })).toContain('a project "cart-stack" exists');
  });

  test('a missing phase where the app has phases, and any phase where it has none', async () => {
    expect(await refused({ name: 'cart', app: 'shop' })).toContain('phase: missing. The phases of shop are 1, 2.');
    withoutPhases();
    expect(await refused({ name: 'cart', app: 'shop', phase: '1' })).toContain('The phases of shop are (none).');
  });

  test('a name with which CloudFormation’s would be too long in one of the environments', async () => {
    const name = 'a'.repeat(112);
    expect(await refused({ name, app: 'shop', phase: '1' })).toContain(`shop-development-${name}`);
    await stackGenerator(tree, { name: 'a'.repeat(111), app: 'shop', phase: '1' });
  });

  test('an app that does not exist, is none of the CDK, or has no valid section nxCdk', async () => {
    expect(await refused({ name: 'cart', app: 'shopp' })).toContain('there is no project "shopp"');
    expect(await refused({ name: 'cart', app: 'carts' })).toContain('there is no libs/carts/cdk.json');
    writeJson(tree, 'libs/carts/cdk.json', { app: 'node app.js' });
    expect(await refused({ name: 'cart', app: 'carts' })).toContain('libs/carts/cdk.json has no section "nxCdk"');
    writeJson(tree, 'libs/carts/cdk.json', { nxCdk: { stackName: 'x' } });
    expect(await refused({ name: 'Cart', app: 'carts' })).toMatch(/name: "Cart"[^]*nxCdk\.environments/);
  });
});
