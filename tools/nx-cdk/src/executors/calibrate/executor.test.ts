import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import calibrate from './executor';

const EVENTS = ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'].map((ResourceStatus, index) => ({
  StackId: 'arn:stack',
  LogicalResourceId: 'Nat',
  PhysicalResourceId: 'nat-1',
  ResourceType: 'AWS::EC2::NatGateway',
  ResourceStatus,
  Timestamp: `2026-01-01T00:0${index}:30Z`,
}));

describe('calibrate', () => {
  let root: string;
  let said = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'nx-cdk-calibrate-'));
    mkdirSync(join(root, 'apps/shop'), { recursive: true });
    const nxCdk = { stackName: '{stack}', environments: { dev: { environment: 'dev' } } };
    writeFileSync(join(root, 'apps/shop/cdk.json'), JSON.stringify({ app: 'true', nxCdk }));
    said = '';
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => ((said += String(text)), true));
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(root, { recursive: true });
  });

  const run = (options: object) => {
    const projects = { shop: { name: 'shop', root: 'apps/shop' } };
    const context = { root, projectsConfigurations: { version: 2, projects } } as unknown as ExecutorContext;
    return calibrate({ app: 'shop', ...options }, context);
  };

  test('writes the figures beside the app, and says so', async () => {
    writeFileSync(join(root, 'events.json'), JSON.stringify({ StackEvents: EVENTS }));
    expect(await run({ events: 'events.json' })).toEqual({ success: true });
    expect(said).toBe('apps/shop/deploy-durations.json has figures of 1 resource types. Commit it.\n');
    const second = { typical: 1, high: 1 };
    const other = { 'Custom::Other': { create: second, update: second, delete: second, source: 'measured before' } };
    const file = join(root, 'apps/shop/deploy-durations.json');
    const written = JSON.parse(readFileSync(file, 'utf8')) as object;
    expect(written).toMatchObject({ 'AWS::EC2::NatGateway': { create: { typical: 60, high: 60 } } });

    writeFileSync(file, JSON.stringify(other));
    await run({ events: 'events.json' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...written, ...other });
  });

  test('names every problem at once and writes nothing', async () => {
    writeFileSync(join(root, 'other.json'), '{}');
    expect(await run({ events: 'missing.json,other.json', fast: true })).toEqual({ success: false });
    expect(said).toMatch(/--fast.*\n.*missing\.json.*\n.*other\.json is not/s);
    expect(() => readFileSync(join(root, 'apps/shop/deploy-durations.json'))).toThrow('ENOENT');
    expect(await run({})).toEqual({ success: false });
    expect(said).toContain('--events is missing');
  });
});
