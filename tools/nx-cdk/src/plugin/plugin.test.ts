import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateNodesResult } from '@nx/devkit';
import { nxCommand, readAppModel } from '../config/app-model';
import { parsePluginConfig } from '../config/plugin-config';
import { createNodes } from './create-nodes';

const nxCdk = {
  stackName: 'shop-{environment}-{stack}',
  environments: { dev: { environment: 'development' }, development: { environment: 'development' } },
  phases: [{ name: '1', title: 'First', stacks: ['network'] }],
};
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-cdk-plugin-'));
  write('package.json', { devDependencies: { 'aws-cdk-lib': '2' } });
  write('apps/shop/cdk.json', { app: 'node app.js', context: { a: 1 }, nxCdk });
  write('apps/shop/project.json', { name: 'shop' });
  write('apps/shop/stacks/network/stack.ts', '');
  write('apps/shop/stacks/network/project.json', { name: 'network-stack' });
  write('apps/shop/stacks/notes/readme.md', '');
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, content: unknown): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
}

async function infer(): Promise<NonNullable<CreateNodesResult['projects']>> {
  const [, create] = createNodes;
  const results = await create(['apps/shop/cdk.json'], undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
  return results[0]![1].projects ?? {};
}

describe('inferred targets', () => {
  test('the app and each folder with a stack.ts and a project.json get them, no other folder does', async () => {
    const projects = await infer();
    expect(Object.keys(projects)).toEqual(['apps/shop', 'apps/shop/stacks/network']);
    expect(Object.keys(projects['apps/shop']!.targets!)).toEqual([
      'synth',
      'deploy',
      'destroy',
      'rollback',
      'validate',
      'status',
      'diff',
      'verify',
      'doctor',
      'export',
      'import-secrets',
      'plan-migration',
      'unlock',
      'calibrate',
      'base',
    ]);
    expect(Object.keys(projects['apps/shop/stacks/network']!.targets!)).toEqual([
      'deploy',
      'destroy',
      'rollback',
      'status',
      'diff',
      'verify',
    ]);
  });

  test('a stack’s deploy waits for the app’s synth alone and is never cached', async () => {
    const { deploy, destroy } = (await infer())['apps/shop/stacks/network']!.targets!;
    for (const target of [deploy, destroy]) {
      expect(target).toMatchObject({
        cache: false,
        dependsOn: [{ projects: ['shop'], target: 'synth' }],
        options: { app: 'shop', stack: 'network' },
        configurations: { dev: { environment: 'development' }, development: { environment: 'development' } },
      });
    }
  });

  test('synth is cached per environment, and bumping the CDK synthesizes again', async () => {
    const { synth } = (await infer())['apps/shop']!.targets!;
    expect(synth).toMatchObject({ cache: true, outputs: ['{workspaceRoot}/dist/cdk/{options.environment}'] });
    expect(synth!.inputs).toContainEqual({ externalDependencies: ['aws-cdk-lib'] });
  });

  test('with a prefix, every target has it but synth, which changes nothing', async () => {
    write('apps/shop/cdk.json', { app: 'node app.js', nxCdk: { ...nxCdk, targetPrefix: 'admin-' } });
    const projects = await infer();
    const [synth, ...others] = Object.keys(projects['apps/shop']!.targets!);
    expect(synth).toBe('synth');
    for (const name of [...others, ...Object.keys(projects['apps/shop/stacks/network']!.targets!)]) {
      expect(name).toMatch(/^admin-/);
    }
    const app = readAppModel(root, 'shop', { shop: { root: 'apps/shop' } });
    expect(nxCommand(app, 'development', 'unlock')).toBe('npx nx run shop:admin-unlock --configuration=dev');
  });

  test('a cdk.json without the section is left alone', async () => {
    write('apps/shop/cdk.json', { app: 'node app.js' });
    expect(await infer()).toEqual({});
  });
});

describe('the nxCdk section', () => {
  test('every problem is reported with its path', () => {
    const section = {
      stackName: 'shop',
      environments: {
        a: { environment: 'x' },
        b: { environment: 'x', protected: true },
        c: { environment: 'y', typo: 1 },
      },
      phases: [{ name: '1', title: 'First', method: 'fast' }],
    };
    const parse = () => parsePluginConfig(section, 'cdk.json');
    expect(parse).toThrow(/^cdk\.json is invalid:/);
    for (const path of ['nxCdk.stackName', 'nxCdk.environments.c', 'nxCdk.phases.0.method'])
      expect(parse).toThrow(path);
    const twice = { ...nxCdk, phases: [...nxCdk.phases, { name: '1', title: 'Second', stacks: ['network'] }] };
    expect(() => parsePluginConfig(twice, 'cdk.json')).toThrow(/phases\.1\.name[^]*phases\.1\.stacks/);
    const contradiction = {
      ...section,
      stackName: '{stack}',
      phases: [],
      environments: { ...section.environments, c: { environment: 'y' } },
    };
    expect(() => parsePluginConfig(contradiction, 'cdk.json')).toThrow('nxCdk.environments.b');
  });

  test('a project’s phase is its tag’s, or else that of the phase that lists it', () => {
    const projects = (tags: string[]) => ({
      shop: { root: 'apps/shop' },
      'network-stack': { root: 'apps/shop/stacks/network', tags },
      other: { root: 'libs/other' },
    });
    const phase = (tags: string[]) => readAppModel(root, 'shop', projects(tags)).stackProjects;
    expect(phase([])).toEqual([{ project: 'network-stack', stack: 'network', phase: '1' }]);
    expect(phase(['phase:2'])).toEqual([{ project: 'network-stack', stack: 'network', phase: '2' }]);
  });
});
