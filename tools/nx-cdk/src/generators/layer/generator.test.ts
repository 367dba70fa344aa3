import { addProjectConfiguration, readJson, type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import stackGenerator from '../stack/generator';
import layerGenerator from './generator';

const PACKAGE = {
  name: '@shop/data-store',
  version: '1.2.3',
  homepage: 'https://example.com/shop/libs/data-store#readme',
  repository: { type: 'git', directory: 'libs/data-store' },
  keywords: ['aws', 's3'],
  files: ['lib', 'lambda', '.jsii', '!**/*.test.*'],
  peerDependencies: { constructs: '^10.0.0' },
  jsii: {
    outdir: '../../dist/packages/data-store',
    targets: {
      python: { distName: 'shop-data-store', module: 'shop_data_store' },
      java: { package: 'com.example.shop.datastore', maven: { groupId: 'com.example', artifactId: 'shop-data-store' } },
      go: { moduleName: 'example.com/shop-go', packageName: 'shopdatastore' },
      dotnet: { namespace: 'Shop.DataStore', packageId: 'Shop.DataStore' },
    },
  },
};
let tree: Tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  addProjectConfiguration(tree, 'data-store', {
    root: 'libs/data-store',
    tags: ['type:layer', 'layer:data-store'],
    targets: { docs: {}, bundle: { command: 'true' } },
  });
  writeJson(tree, 'libs/data-store/package.json', PACKAGE);
  tree.write('libs/data-store/jest.config.js', "module.exports = { displayName: 'data-store', rootDir: __dirname };");
  tree.write('libs/data-store/lambda/index.ts', '');
  tree.write('libs/data-store/LICENSE', 'licence');
  const paths = { '@shop/data-store': ['./libs/data-store/src/index.ts'], '@shop/other': ['./other.ts'] };
  writeJson(tree, 'tsconfig.base.json', { compilerOptions: { strict: true, paths } });
});

describe('a new layer', () => {
  test('is a package like the model’s, with its name as each language writes it', async () => {
    await layerGenerator(tree, { name: 'event-bus', description: 'Buses of events' });
    expect(readJson(tree, 'libs/event-bus/package.json')).toEqual({
      ...PACKAGE,
      name: '@shop/event-bus',
      description: 'Buses of events',
      homepage: 'https://example.com/shop/libs/event-bus#readme',
      repository: { type: 'git', directory: 'libs/event-bus' },
      keywords: ['aws', 'cdk', 'constructs', 'event-bus'],
      files: ['lib', '.jsii', '!**/*.test.*'],
      scripts: { build: 'jsii' },
      jsii: {
        outdir: '../../dist/packages/event-bus',
        targets: {
          python: { distName: 'shop-event-bus', module: 'shop_event_bus' },
          java: {
            package: 'com.example.shop.eventbus',
            maven: { groupId: 'com.example', artifactId: 'shop-event-bus' },
          },
          go: { moduleName: 'example.com/shop-go', packageName: 'shopeventbus' },
          dotnet: { namespace: 'Shop.EventBus', packageId: 'Shop.EventBus' },
        },
      },
    });
    expect(tree.read('libs/event-bus/LICENSE', 'utf8')).toBe('licence');
  });

  test('has a README that says how it is installed in each language it is published for', async () => {
    await layerGenerator(tree, { name: 'event-bus' });
    const table = /(\|.*\|\n)+/.exec(tree.read('libs/event-bus/README.md', 'utf8')!)![0];
    expect(table.split('\n').slice(2, -1)).toEqual([
      '| TypeScript, JavaScript | `npm install @shop/event-bus` |',
      '| Python | `pip install shop-event-bus` |',
      '| Java | `com.example:shop-event-bus` in Maven or Gradle |',
      '| Go | `go get example.com/shop-go/shopeventbus` |',
      '| .NET | `dotnet add package Shop.EventBus` |',
    ]);
    writeJson(tree, 'libs/data-store/package.json', { ...PACKAGE, jsii: {} });
    await layerGenerator(tree, { name: 'audit' });
    expect(tree.read('libs/audit/README.md', 'utf8')).toContain(
      '| --- | --- |\n| TypeScript, JavaScript | `npm install @shop/audit` |\n\n```ts\n',
    );
  });

  test('is a project with the tags and the defaults of the model, and none of its own targets', async () => {
    await layerGenerator(tree, { name: 'event-bus' });
    expect(readJson(tree, 'libs/event-bus/project.json')).toEqual({
      $schema: '../../node_modules/nx/schemas/project-schema.json',
      name: 'event-bus',
      projectType: 'library',
      sourceRoot: 'libs/event-bus/src',
      tags: ['type:layer', 'layer:event-bus'],
      targets: { docs: {} },
    });
    const config = tree.read('libs/event-bus/jest.config.js', 'utf8');
    expect(config).toBe("module.exports = { displayName: 'event-bus', rootDir: __dirname };");
  });

  test('has a construct and its test, and a path to its sources beside the model’s', async () => {
    await layerGenerator(tree, { name: 'event-bus' });
    expect(tree.children('libs/event-bus/src').sort()).toEqual(['event-bus.test.ts', 'event-bus.ts', 'index.ts']);
    expect(tree.read('libs/event-bus/src/event-bus.ts', 'utf8')).toContain('export class EventBus extends Construct {');
    const { compilerOptions } = readJson<{ compilerOptions: { paths: object } }>(tree, 'tsconfig.base.json');
    expect(compilerOptions).toEqual({
      strict: true,
      paths: {
        '@shop/data-store': ['./libs/data-store/src/index.ts'],
        '@shop/event-bus': ['./libs/event-bus/src/index.ts'],
        '@shop/other': ['./other.ts'],
      },
    });
  });

  test('is used by a stack that is generated for it', async () => {
    await layerGenerator(tree, { name: 'event-bus' });
    addProjectConfiguration(tree, 'shop', { root: 'apps/shop' });
    const nxCdk = { stackName: '{stack}', environments: { dev: { environment: 'dev' } } };
    writeJson(tree, 'apps/shop/cdk.json', { app: 'true', nxCdk });
    await stackGenerator(tree, { name: 'events', app: 'shop', layer: 'event-bus' });
    const source = tree.read('apps/shop/stacks/events/stack.ts', 'utf8')!;
    expect(source).toContain("import { EventBus } from '@shop/event-bus';");
    expect(source).toContain("    super(scope, id, props);\n    new EventBus(this, 'EventBus');\n");
    await stackGenerator(tree, { name: 'files', app: 'shop', layer: 'data-store' });
    expect(tree.read('apps/shop/stacks/files/stack.ts', 'utf8')).toMatch(/^import { Stack, type StackProps }/);
  });
});

describe('a refusal', () => {
  test('names everything that is wrong at once, and changes nothing', async () => {
    const before = tree.listChanges();
    await expect(layerGenerator(tree, { name: 'Event_Bus', like: 'data' })).rejects.toThrow(
      /"Event_Bus" is no kebab-case name.*\n.*no layer "data".*The layers are data-store/,
    );
    await expect(layerGenerator(tree, { name: 'data-store' })).rejects.toThrow('libs/data-store exists');
    expect(tree.listChanges()).toEqual(before);
  });

  test('a workspace without a layer to go by', async () => {
    tree.delete('libs');
    await expect(layerGenerator(tree, { name: 'event-bus' })).rejects.toThrow('Make the first layer by hand');
  });
});
