import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestRig } from '../testing/test-rig';
import { FIGURES_FILE } from './expected-duration';

const SKETCHES = {
  network: { resources: { Nat: { Type: 'AWS::EC2::NatGateway' } } },
  files: {},
  app: {
    after: ['network'],
    resources: { Service: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [] } } },
  },
};

describe('what a dry run says of durations', () => {
  let rig: TestRig;
  beforeEach(async () => (rig = await TestRig.start(SKETCHES)));
  afterEach(() => rig.stop());

  const notices = async (options: Readonly<Record<string, unknown>>) => (await rig.deploy(options)).notices.join('\n');

  test('it tells how long AWS takes for what would ship, the longest stacks, and what makes services slow', async () => {
    const said = await notices({ dryRun: true });
    expect(said).toMatch(/On AWS this takes \d.* min.*, by a model; the longest: network \d.*, app \d.*, files \d.*\./);
    expect(said).toContain('Service: nothing checks its tasks');
    expect(rig.aws.changes).toEqual([]);
  });

  test('it says nothing when nothing would ship, and a real deployment says nothing of a model', async () => {
    expect(await notices({})).not.toContain('model');
    expect(await notices({ dryRun: true })).toBe('');
  });

  test('a new image rolls the services whose task definition refers to it', async () => {
    const image = {
      parameters: { ImageTag: 'one' },
      resources: {
        Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: { 'Fn::Sub': 'app:${ImageTag}' } } },
        Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
      },
    };
    rig.workspace.synthesize({ app: image });
    await rig.deploy({});
    expect(await notices({ dryRun: true, imageTag: 'two' })).toMatch(/On AWS this takes 1 min \d+ s to 2 min/);
  });

  test('figures of the app’s own go before the built-in ones, and a wrong file is refused', async () => {
    const folder = join(rig.workspace.root, rig.workspace.app.root);
    mkdirSync(folder, { recursive: true });
    const hours = { typical: 7200, high: 7200 };
    const figure = { create: hours, update: hours, delete: hours, source: 'measured' };
    writeFileSync(join(folder, FIGURES_FILE), JSON.stringify({ 'AWS::EC2::NatGateway': figure }));
    expect(await notices({ dryRun: true })).toMatch(/takes 12\d min.*with figures of your own/);
    writeFileSync(join(folder, FIGURES_FILE), '{"AWS::EC2::NatGateway": 1}');
    const { ok, problems } = await rig.deploy({ dryRun: true });
    expect([ok, problems.join('\n')]).toEqual([false, expect.stringContaining(FIGURES_FILE)]);
  });
});
