import type { Template } from '../assembly/template';
import { FIGURES, OTHER_TYPES, OVERHEAD } from './figures';
import { planDuration } from './plan-duration';
import { deletionDuration, stackDuration, type TimedChange } from './stack-duration';

const template: Template = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC' },
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Vpc' } } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Task: { Type: 'AWS::ECS::TaskDefinition' },
    Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
  },
};

const change = (logicalId: string, what: TimedChange['change']): TimedChange => ({
  logicalId,
  type: template.Resources![logicalId]?.Type ?? 'AWS::SNS::Topic',
  change: what,
});

const typical = (...changes: TimedChange[]) =>
  stackDuration({ stack: { template }, changes, method: 'direct' }, { stacks: [{ template }] }).typical -
  OVERHEAD.operation.typical;

describe('the duration of a stack', () => {
  test('is the longest path of what changes, not the sum, and what does not change takes no time', () => {
    const vpc = FIGURES['AWS::EC2::VPC']!.create.typical;
    const nat = FIGURES['AWS::EC2::NatGateway']!.create.typical;
    expect(typical(change('Vpc', 'add'), change('Nat', 'add'), change('Topic', 'add'))).toBe(vpc + nat);
    expect(typical(change('Nat', 'add'), change('Topic', 'add'))).toBe(nat);
    expect(typical()).toBe(0);
  });

  test('a replaced task definition rolls the service that uses it', () => {
    const task = FIGURES['AWS::ECS::TaskDefinition']!;
    const alone = typical(change('Task', 'update'));
    const replaced = typical(change('Task', 'replace'));
    expect(alone).toBe(task.update.typical);
    expect(replaced).toBeGreaterThan(alone + task.delete.typical + 40);
  });

  test('what is removed goes after the rest', () => {
    const gone = { logicalId: 'Gone', type: 'AWS::EC2::NatGateway', change: 'remove' } as const;
    expect(typical(change('Topic', 'update'), gone)).toBe(
      OTHER_TYPES.update.typical + FIGURES['AWS::EC2::NatGateway']!.delete.typical,
    );
  });

  test('that is deleted is the same path backwards, in which a service ends its tasks; what is kept takes no time', () => {
    const time = (Resources: Template['Resources']) =>
      deletionDuration({ template: { Resources } }, { stacks: [{ template: { Resources } }] }).typical -
      OVERHEAD.operation.typical;
    const { Vpc, Nat, Topic, Task, Service } = template.Resources!;
    const both = FIGURES['AWS::EC2::NatGateway']!.delete.typical + FIGURES['AWS::EC2::VPC']!.delete.typical;
    expect(time({ Vpc: Vpc!, Nat: Nat!, Topic: Topic! })).toBe(both);
    expect(time({ Vpc: Vpc!, Nat: { ...Nat!, DeletionPolicy: 'Retain' } })).toBe(
      FIGURES['AWS::EC2::VPC']!.delete.typical,
    );
    const group = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' };
    const Balanced = { ...Service!, Properties: { LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' } }] } };
    // AWS drains a target for 300 seconds unless its group says otherwise.
    const drained =
      time({ Task: Task!, Group: group, Service: Balanced }) - time({ Task: Task!, Group: group, Service: Service! });
    expect(drained).toBeGreaterThanOrEqual(300);
  });

  test('a change set takes its own time', () => {
    const of = (method: 'direct' | 'change-set') =>
      stackDuration({ stack: { template }, changes: [], method }, { stacks: [] }).typical;
    expect(of('change-set') - of('direct')).toBe(OVERHEAD.changeSet.typical);
  });

  test('measured figures go before the built-in ones', () => {
    const second = { typical: 1, high: 1 };
    const measured = { 'AWS::EC2::VPC': { create: second, update: second, delete: second, source: 'measured' } };
    const stack = { stack: { template }, changes: [change('Vpc', 'add')], method: 'direct' } as const;
    expect(stackDuration(stack, { stacks: [], measured }).typical).toBe(OVERHEAD.operation.typical + 1);
  });

  test('every built-in figure says where it is from, and its upper number is not below the typical one', () => {
    for (const [type, { source, ...operations }] of Object.entries({ ...FIGURES, OTHER_TYPES })) {
      expect([type, source]).toEqual([type, expect.stringMatching(/\w{5}/)]);
      for (const { typical: middle, high } of Object.values(operations)) expect(high).toBeGreaterThanOrEqual(middle);
    }
  });
});

describe('the duration of a plan', () => {
  const durations = new Map(
    Object.entries({ network: 100, files: 50, database: 300, app: 60 }).map(([id, seconds]) => [
      id,
      { typical: seconds, high: seconds },
    ]),
  );
  const needs = (id: string) => ({ database: ['network'], app: ['database', 'files'] })[id] ?? [];

  test('is that of the longest path where there are places enough', () => {
    expect(planDuration({ durations, needs, concurrency: 4 }).typical).toBe(460);
  });

  test('is the sum of all where one stack ships at a time', () => {
    expect(planDuration({ durations, needs, concurrency: 1 }).typical).toBe(510);
  });

  test('of nothing is nothing, and what waits for itself is an error', () => {
    expect(planDuration({ durations: new Map(), needs, concurrency: 1 }).typical).toBe(0);
    const circle = (id: string) => [id === 'network' ? 'files' : 'network'];
    expect(() => planDuration({ durations, needs: circle, concurrency: 1 })).toThrow('wait for each other');
  });
});
