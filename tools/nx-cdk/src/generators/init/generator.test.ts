import { addProjectConfiguration, readJson, type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import initGenerator from './generator';
import type { InitGeneratorOptions } from './options';

const OPTIONS = { app: 'shop', stackName: 'shop-{environment}-{stack}', environments: ['dev', 'prod'] };
const NETWORK = `import * as cdk from 'aws-cdk-lib';
import { cidr } from './config';

export class NetworkStack extends cdk.Stack {
  public readonly cidr = cidr;
}
`;
const CART = `import { Stack, StackProps } from 'aws-cdk-lib';
import type { NetworkStack } from './network-stack';

export interface CartProps extends StackProps {
  readonly network: NetworkStack;
}
export class ShoppingCartStack extends Stack {
  constructor(app: App, id: string, props: CartProps) {
    super(app, id, props);
  }
}
`;
const MAIN = `import { App } from 'aws-cdk-lib';
import { NetworkStack } from '../lib/network-stack.js';
import { ShoppingCartStack } from '../lib/cart-stack';

const app = new App();
const network = new NetworkStack(app, 'shop-dev-network');
new ShoppingCartStack(app, 'shop-dev-shopping-cart', { network });
`;

let tree: Tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  addProjectConfiguration(tree, 'shop', { root: 'apps/shop', tags: ['scope:shop'] });
  writeJson(tree, 'apps/shop/cdk.json', { app: 'npx tsx bin/main.ts', context: { some: 'flag' } });
  tree.write('apps/shop/bin/main.ts', MAIN);
  tree.write('apps/shop/lib/config.ts', "export const cidr = '10.0.0.0/16';\n");
  tree.write('apps/shop/lib/network-stack.ts', NETWORK);
  tree.write('apps/shop/lib/cart-stack.ts', CART);
  tree.write(
    'apps/shop/test/cart.test.ts',
    "import { ShoppingCartStack } from '../lib/cart-stack';\njest.mock('../lib/network-stack');\n",
  );
});

const text = (file: string) => tree.read(file, 'utf8')!;

const init = (options: Partial<InitGeneratorOptions> = {}) => initGenerator(tree, { ...OPTIONS, ...options });

/** What the generator prints, without packages being installed. */
async function printed(options: Partial<InitGeneratorOptions> = {}): Promise<string> {
  const { peerDependencies } = jest.requireActual<{ peerDependencies: object }>('../../../package.json');
  writeJson(tree, 'package.json', { devDependencies: peerDependencies });
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await (
      await init(options)
    )();
    return write.mock.calls.map(([line]) => String(line)).join('');
  } finally {
    write.mockRestore();
  }
}

describe('the workspace', () => {
  test('names the plug-in after those it has, once', async () => {
    const other = { plugin: '@nx/jest/plugin', options: { targetName: 'test' } };
    writeJson(tree, 'nx.json', { plugins: [other], defaultBase: 'main' });
    await init();
    const expected = { plugins: [other, '@v3-backend/nx-cdk'], defaultBase: 'main' };
    expect(readJson(tree, 'nx.json')).toEqual(expected);
    writeJson(tree, 'apps/shop2/cdk.json', { app: 'true' });
    await init({ app: 'apps/shop2' });
    expect(readJson(tree, 'nx.json')).toEqual(expected);
  });

  test('gets the packages it does not have, and keeps the versions of those it has', async () => {
    writeJson(tree, 'package.json', { dependencies: { zod: '4.1.0' }, devDependencies: { nx: '23.2.0' } });
    await init();
    const { dependencies, devDependencies } = readJson(tree, 'package.json');
    expect(dependencies).toEqual({ zod: '4.1.0' });
    expect(devDependencies).toMatchObject({
      nx: '23.2.0',
      '@aws-cdk/toolkit-lib': expect.any(String),
      '@aws-sdk/client-ssm': '^3',
    });
    expect(devDependencies).not.toHaveProperty('zod');
  });
});

describe('the app', () => {
  test('gets the section in its cdk.json, beside what is there, and stays the project it is', async () => {
    await init();
    expect(readJson(tree, 'apps/shop/cdk.json')).toEqual({
      app: 'npx tsx bin/main.ts',
      context: { some: 'flag' },
      nxCdk: {
        stackName: 'shop-{environment}-{stack}',
        environments: { dev: { environment: 'dev' }, prod: { environment: 'prod' } },
      },
    });
    expect(readJson(tree, 'apps/shop/project.json')).toMatchObject({ name: 'shop', tags: ['scope:shop'] });
  });

  test.each([
    ['a folder', undefined, 'infra'],
    ['a package of the workspace', '@shop/infra', '@shop/infra'],
  ])('becomes a project where it is %s', async (_, packageName, project) => {
    writeJson(tree, 'services/infra/cdk.json', { app: 'true' });
    if (packageName) {
      writeJson(tree, 'package.json', { workspaces: ['services/*'] });
      writeJson(tree, 'services/infra/package.json', { name: packageName });
    }
    await init({ app: './services/infra/' });
    expect(readJson(tree, 'services/infra/project.json')).toEqual({
      $schema: '../../node_modules/nx/schemas/project-schema.json',
      name: project,
      projectType: 'application',
      sourceRoot: 'services/infra',
    });
  });
});

describe('each stack', () => {
  test('moves to a folder with a project, named by its class, after the stacks it is given', async () => {
    await init();
    expect(tree.children('apps/shop/lib')).toEqual(['config.ts']);
    expect(tree.children('apps/shop/stacks').sort()).toEqual(['network', 'shopping-cart']);
    expect(readJson(tree, 'apps/shop/stacks/shopping-cart/project.json')).toEqual({
      $schema: '../../../../node_modules/nx/schemas/project-schema.json',
      name: 'shopping-cart-stack',
      projectType: 'library',
      sourceRoot: 'apps/shop/stacks/shopping-cart',
      implicitDependencies: ['network-stack'],
      tags: [],
    });
    expect(readJson(tree, 'apps/shop/stacks/network/project.json')).toMatchObject({ implicitDependencies: [] });
  });

  test('is imported, and imports, from its new place, in the style of each import', async () => {
    await init();
    expect(text('apps/shop/stacks/network/stack.ts')).toBe(NETWORK.replace('./config', '../../lib/config'));
    expect(text('apps/shop/stacks/shopping-cart/stack.ts')).toBe(CART.replace('./network-stack', '../network/stack'));
    expect(text('apps/shop/bin/main.ts')).toBe(
      MAIN.replace('../lib/network-stack.js', '../stacks/network/stack.js').replace(
        '../lib/cart-stack',
        '../stacks/shopping-cart/stack',
      ),
    );
    expect(text('apps/shop/test/cart.test.ts')).toBe(
      "import { ShoppingCartStack } from '../stacks/shopping-cart/stack';\njest.mock('../stacks/network/stack');\n",
    );
  });

  test('is called as the option says, and only the named ones move', async () => {
    await init({ stacks: ['cart:lib/cart-stack.ts'] });
    expect(readJson(tree, 'apps/shop/stacks/cart/project.json')).toMatchObject({ name: 'cart-stack' });
    expect(text('apps/shop/stacks/cart/stack.ts')).toContain("from '../../lib/network-stack'");
    expect(text('apps/shop/lib/network-stack.ts')).toBe(NETWORK);
  });

  test('that is in its place already gets its project', async () => {
    tree.rename('apps/shop/lib/network-stack.ts', 'apps/shop/stacks/network/stack.ts');
    await init();
    expect(text('apps/shop/stacks/network/stack.ts')).toBe(NETWORK);
    expect(readJson(tree, 'apps/shop/stacks/network/project.json')).toMatchObject({ name: 'network-stack' });
  });

  test.each([
    ['a dependency that is stated', 'const cart = new ShoppingCartStack(app, "c");\ncart.addDependency(network);\n'],
    ['a part of another stack', 'new ShoppingCartStack(app, "c", { vpc: network.vpc });\n'],
  ])('comes after others by %s', async (_, statements) => {
    tree.write('apps/shop/bin/main.ts', MAIN.replace(/new ShoppingCartStack.*\n/, statements));
    await init();
    const project = readJson(tree, 'apps/shop/stacks/shopping-cart/project.json');
    expect(project.implicitDependencies).toEqual(['network-stack']);
  });

  test('comes after no other by a property that has the name of its variable', async () => {
    const statement = 'new ShoppingCartStack(app, "c", { network: config.network });\n';
    tree.write('apps/shop/bin/main.ts', MAIN.replace(/new ShoppingCartStack.*\n/, statement));
    await init();
    const project = readJson(tree, 'apps/shop/stacks/shopping-cart/project.json');
    expect(project.implicitDependencies).toEqual([]);
  });

  test('comes after another by what is taken out of that', async () => {
    const statements = 'const { vpc } = new NetworkStack(app, "n");\nnew ShoppingCartStack(app, "c", { vpc });\n';
    tree.write('apps/shop/bin/main.ts', MAIN.replace(/const network[^]*/, statements));
    await init();
    const project = readJson(tree, 'apps/shop/stacks/shopping-cart/project.json');
    expect(project.implicitDependencies).toEqual(['network-stack']);
  });
});

describe('an import by an alias', () => {
  beforeEach(() => {
    writeJson(tree, 'tsconfig.base.json', {
      compilerOptions: {
        paths: { '@shop/*': ['./apps/shop/lib/*'], '@shop/cart': ['./apps/shop/lib/cart-stack.ts'] },
      },
    });
    writeJson(tree, 'apps/shop/tsconfig.json', { extends: '../../tsconfig.base.json' });
  });

  test('of a stack becomes one of its new place', async () => {
    tree.write('apps/shop/bin/main.ts', MAIN.replace('../lib/network-stack.js', '@shop/network-stack'));
    tree.write('apps/shop/test/cart.test.ts', "jest.mock('@shop/cart');\n");
    tree.write('apps/shop/lib/cart-stack.ts', CART.replace('./network-stack', '@shop/network-stack'));
    await init();
    expect(text('apps/shop/bin/main.ts')).toContain("from '../stacks/network/stack'");
    expect(text('apps/shop/test/cart.test.ts')).toBe("jest.mock('../stacks/shopping-cart/stack');\n");
    expect(text('apps/shop/stacks/shopping-cart/stack.ts')).toContain("from '../network/stack'");
  });

  test('has an extension then where the relative imports of the app have one', async () => {
    const main = MAIN.replace('../lib/network-stack.js', '@shop/network-stack');
    tree.write('apps/shop/bin/main.ts', main.replace('../lib/cart-stack', '../lib/cart-stack.js'));
    await init();
    expect(text('apps/shop/bin/main.ts')).toContain("from '../stacks/network/stack.js'");
  });

  test('of package.json counts, too', async () => {
    writeJson(tree, 'apps/shop/package.json', { name: 'shop', imports: { '#lib/*': './lib/*.ts' } });
    writeJson(tree, 'apps/shop/tsconfig.json', { compilerOptions: { module: 'node20' } });
    tree.write('apps/shop/bin/main.ts', MAIN.replace('../lib/network-stack.js', '#lib/network-stack'));
    await init();
    expect(text('apps/shop/bin/main.ts')).toContain("from '../stacks/network/stack'");
  });

  test('of anything else stays, and tells what stacks share', async () => {
    tree.write('apps/shop/lib/network-stack.ts', NETWORK.replace('./config', '@shop/config'));
    expect(await printed()).toContain('network imports apps/shop/lib/config.ts');
    expect(text('apps/shop/stacks/network/stack.ts')).toContain("from '@shop/config'");
  });

  test('that stands for a stack is left to a person, for other projects may have it', async () => {
    const output = await printed();
    expect(output).toContain(
      'Let the alias @shop/cart in tsconfig.json lead to apps/shop/stacks/shopping-cart/stack.ts.',
    );
    expect(output.match(/the alias/g)).toHaveLength(1);
  });
});

describe('what is left to a person is printed', () => {
  test('the code that stacks share with the app, the names and the edges', async () => {
    const output = await printed();
    expect(output).toContain('shopping-cart: project shopping-cart-stack, apps/shop/stacks/shopping-cart/stack.ts');
    expect(output).toContain('network imports apps/shop/lib/config.ts');
    expect(output).toContain('name the stacks shop-{environment}-{stack}');
    expect(output).toContain('shopping-cart after network-stack');
    expect(output).toContain('npx nx run shop:deploy --configuration=dev --dryRun');
    expect(output).not.toMatch(/Mend the paths|Rename or remove|cart imports/);
  });

  test('that the graph has no edges between stacks where the code shows none', async () => {
    tree.write('apps/shop/bin/main.ts', '');
    expect(await printed()).toMatch(/implicitDependencies.* shows none/);
  });

  test('files with several stacks and the file that makes the app, which are not moved', async () => {
    const both = `${CART}${NETWORK.replace(/import.*\n/g, '').replace('cdk.', '')}`;
    tree.delete('apps/shop/lib/network-stack.ts');
    tree.write('apps/shop/lib/cart-stack.ts', both);
    tree.write(
      'apps/shop/bin/main.ts',
      "import { App, Stack } from 'aws-cdk-lib';\nclass A extends Stack {}\nnew App();\n",
    );
    const output = await printed();
    expect(output).toContain(
      'apps/shop/lib/cart-stack.ts has 2 stacks: move ShoppingCartStack, NetworkStack to a file',
    );
    expect(output).toContain('apps/shop/bin/main.ts makes the app, too: move A to a file each');
    expect(text('apps/shop/lib/cart-stack.ts')).toBe(both);
    expect(tree.exists('apps/shop/stacks')).toBe(false);
  });

  test('paths that follow from where a file is, and targets that would hide the plug-in’s', async () => {
    tree.write('apps/shop/lib/network-stack.ts', `${NETWORK}const assets = join(__dirname, '../assets');\n`);
    writeJson(tree, 'apps/shop/package.json', { name: 'shop', scripts: { deploy: 'cdk deploy', lint: 'true' } });
    const output = await printed();
    expect(output).toContain('Mend the paths in apps/shop/stacks/network/stack.ts');
    expect(output).toMatch(/Rename or remove what shop has as targets or scripts deploy:/);
  });

  test('that there was no stack to be found', async () => {
    tree.delete('apps/shop/lib');
    expect(await printed()).toContain('No stack was found. Add one with: npx nx g @v3-backend/nx-cdk:stack');
  });

  test('nothing but that it is there already, the second time', async () => {
    await printed();
    const before = tree.listChanges().map(({ path, content }) => [path, String(content)]);
    const output = await printed({ stackName: 'other-{stack}' });
    expect(output).toBe('\napps/shop/cdk.json has the section nxCdk already: nothing was changed.\n');
    expect(tree.listChanges().map(({ path, content }) => [path, String(content)])).toEqual(before);
  });
});

describe('a class is no stack', () => {
  test.each([
    ['that is abstract', "import { Stack } from 'aws-cdk-lib';\nexport abstract class BaseStack extends Stack {}\n"],
    ['whose Stack is not CDK’s', "import { Stack } from './stack';\nexport class PancakeStack extends Stack {}\n"],
    ['that is nested in one', "import { NestedStack } from 'aws-cdk-lib';\nclass A extends NestedStack {}\n"],
  ])('%s', async (_, source) => {
    tree.write('apps/shop/lib/other.ts', source);
    await init();
    expect(text('apps/shop/lib/other.ts')).toBe(source);
    expect(tree.children('apps/shop/stacks')).toHaveLength(2);
  });

  test('that is for tests alone', async () => {
    tree.write('apps/shop/test/fixture.ts', CART.replaceAll('ShoppingCart', 'Fixture'));
    await init();
    expect(tree.children('apps/shop/stacks').sort()).toEqual(['network', 'shopping-cart']);
  });

  test('that others extend, which are', async () => {
    tree.write(
      'apps/shop/lib/base.ts',
      "import { Stack } from 'aws-cdk-lib';\nexport class BaseStack extends Stack {}\n",
    );
    tree.write(
      'apps/shop/lib/mail.ts',
      "import { BaseStack } from './base';\nexport class MailStack extends BaseStack {}\n",
    );
    await init();
    expect(tree.children('apps/shop/stacks').sort()).toEqual(['mail', 'network', 'shopping-cart']);
    expect(text('apps/shop/stacks/mail/stack.ts')).toContain("from '../../lib/base'");
  });

  test('of another project below the app', async () => {
    addProjectConfiguration(tree, 'admin', { root: 'apps/shop/admin' });
    tree.write('apps/shop/admin/stack.ts', CART);
    await init();
    expect(text('apps/shop/admin/stack.ts')).toBe(CART);
  });
});

describe('a refusal names everything that is wrong, and changes nothing', () => {
  test.each<[string, Partial<InitGeneratorOptions>, string[]]>([
    [
      'in the options',
      { app: 'shops', stackName: 'shop', environments: [] },
      ['"shops" is neither a project nor a folder', 'stackName: must contain', 'environments: must name at least one'],
    ],
    [
      'in the stacks',
      { stacks: ['Cart:lib/cart-stack.ts', 'cart', 'a:lib/none.ts', 'b:lib/config.ts', 'c:bin/main.ts'] },
      ['"Cart:lib/cart-stack.ts" is not', '"cart" is not', 'no file apps/shop/lib/none.ts', 'config.ts has no class'],
    ],
    [
      'in their names',
      {
        stackName: '{environment}_{stack}',
        stacks: ['a:lib/cart-stack.ts', 'a:lib/network-stack.ts', 'b:lib/cart-stack.ts'],
      },
      ['are both "a"', 'lib/cart-stack.ts is named twice', 'CloudFormation does not take prod_a'],
    ],
  ])('%s', async (_, options, problems) => {
    const before = tree.listChanges();
    const refused = init(options);
    for (const problem of problems) await expect(refused).rejects.toThrow(problem);
    expect(tree.listChanges()).toEqual(before);
  });

  test('in what is there already', async () => {
    tree.write('apps/shop/stacks/network/stack.ts', 'export const nothing = 1;\n');
    addProjectConfiguration(tree, 'shopping-cart-stack', { root: 'libs/cart' });
    const refused = init();
    await expect(refused).rejects.toThrow('apps/shop/stacks/network/stack.ts exists');
    await expect(refused).rejects.toThrow('a project "shopping-cart-stack" exists');
  });
});
