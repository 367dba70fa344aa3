import { addProjectConfiguration, type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import stackGenerator from './generator';

let tree: Tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  addProjectConfiguration(tree, 'shop', { root: 'apps/shop' });
  const nxCdk = { stackName: 'shop-{environment}-{stack}', environments: { dev: { environment: 'development' } } };
  writeJson(tree, 'apps/shop/cdk.json', { app: 'npx tsx src/main.ts', nxCdk });
  for (const stack of ['network', 'order-queue']) {
    addProjectConfiguration(tree, `${stack}-stack`, { root: `apps/shop/stacks/${stack}` });
    tree.write(`apps/shop/stacks/${stack}/stack.ts`, '');
  }
});

/** The app's file after a stack `cart` was added to it. */
async function composed(source: string, dependsOn: string[] = []): Promise<string> {
  tree.write('apps/shop/src/app.ts', source);
  await stackGenerator(tree, { name: 'cart', app: 'shop', dependsOn });
  return tree.read('apps/shop/src/app.ts', 'utf8')!;
}

describe('a new stack is composed in the app’s code', () => {
  test('like the neighbour that needs the least, after all stacks, with CDK’s own way to state dependencies', async () => {
    const source = `import { App } from 'aws-cdk-lib';
import { NetworkStack } from '../stacks/network/stack';
import { OrderQueueStack } from '../stacks/order-queue/stack';

const app = new App();
const network = new NetworkStack(app, 'shop-network', { env });
const orderQueue = new OrderQueueStack(app, 'shop-order-queue', { env, vpc: network.vpc });
app.synth();
`;
    expect(await composed(source, ['network', 'order-queue'])).toBe(`import { App } from 'aws-cdk-lib';
import { NetworkStack } from '../stacks/network/stack';
import { CartStack } from '../stacks/cart/stack';
import { OrderQueueStack } from '../stacks/order-queue/stack';

const app = new App();
const network = new NetworkStack(app, 'shop-network', { env });
const orderQueue = new OrderQueueStack(app, 'shop-order-queue', { env, vpc: network.vpc });

const cart = new CartStack(app, 'shop-cart', { env });
cart.addStackDependency(network);
cart.addStackDependency(orderQueue);
app.synth();
`);
  });

  test('in a function, with names made by one, and dependencies stated by the app’s own function', async () => {
    const source = `import { NetworkStack } from '@shop/stacks/network';
import { OrderQueueStack } from '@shop/stacks/order-queue';

export function compose(app: App, name: (stack: string) => string): void {
  const network = new NetworkStack(app, name('network'), common);
  const { orderQueue } = more(app);

  after(orderQueue, network);
}
`;
    const text = await composed(source, ['order-queue']);
    expect(text).toContain("import { CartStack } from '@shop/stacks/cart';");
    expect(text).toContain(`  const { orderQueue } = more(app);

  const cart = new CartStack(app, name('cart'), common);
  after(cart, orderQueue);

  after(orderQueue, network);`);
  });

  test('where most stacks are, and all that it depends on, not where one needs less', async () => {
    tree.write(
      'apps/shop/src/aside.ts',
      "import { NetworkStack } from '../stacks/network/stack';\nconst network = new NetworkStack(app, 'shop-network');\n",
    );
    const source = `import { NetworkStack } from '../stacks/network/stack';
import { OrderQueueStack } from '../stacks/order-queue/stack';
const network = new NetworkStack(app, 'shop-network', { env });
const orderQueue = new OrderQueueStack(app, 'shop-order-queue', { env });
`;
    expect(await composed(source, ['order-queue'])).toContain('cart.addStackDependency(orderQueue)');
  });

  test('with a name in a template, too', async () => {
    const source = `import { NetworkStack } from '../stacks/network/stack';
const network = new NetworkStack(app, \`shop-\${environment}-network\`, { env });
`;
    expect(await composed(source)).toContain('const cart = new CartStack(app, `shop-${environment}-cart`, { env });');
  });

  test('and is left to a person where no neighbour shows how', async () => {
    const source = "import { stacks } from './all';\nfor (const Stack of stacks) new Stack(app);\n";
    expect(await composed(source)).toBe(source);
  });
});
