import type { Template, TemplateResource } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import type { StackNode } from '../stack-graph/stack-graph';
import { interruptions } from './interruptions';
import { exportedValues, withoutImports } from './letting-go';
import { physicalNames } from './physical-names';
import { carriedParameters, comesBeforeTakeovers, takeovers } from './takeovers';

const template = (Resources: Record<string, TemplateResource>, more: Partial<Template> = {}): Template => ({
  Resources,
  ...more,
});
const role = (RoleName: unknown, more = {}): TemplateResource => ({ Type: 'AWS::IAM::Role', Properties: { RoleName }, ...more }); // prettier-ignore
const node = (name: string, of: Template): StackNode =>
  ({ name, stack: { id: name, stackName: name, region: 'eu-west-1', template: of } }) as unknown as StackNode;
const deployedAs = (of: Template, more: Partial<DeployedStack> = {}): DeployedStack =>
  ({ status: 'CREATE_COMPLETE', template: of, parameters: {}, outputs: {}, ...more }) as DeployedStack;
const removed = (name: string, of: Template, more: Partial<DeployedStack> = {}) => ({
  node: node(name, of),
  deployed: deployedAs(of, more),
});

describe('names that can exist once', () => {
  test('are those that a template gives literally, of types whose names are unique, and those of exports', () => {
    const found = physicalNames(
      template(
        {
          Named: role('a'),
          Unnamed: role(undefined),
          Computed: role({ 'Fn::Sub': '${AWS::StackName}-role' }),
          Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'x.example.com.', Type: 'A' } },
          Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'several-stacks-may-have-it' } },
        },
        { Outputs: { Out: { Value: 'v', Export: { Name: 'e' } } } },
      ),
    );
    expect(found.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'AWS::IAM::Role a',
      'AWS::Route53::RecordSet x.example.com. A',
      'Export e',
    ]);
  });
});

describe('a stack whose place others take', () => {
  const app = [node('new', template({ Role: role('a') })), node('other', template({ Role: role('b') }))];
  const find = (...args: Parameters<typeof removed>) => takeovers([removed(...args)], app, new Map(), []);

  test('has a name that a stack of the app is about to have', () => {
    const [found] = find('old', template({ Any: role('a'), More: role('c') }));
    expect(found).toMatchObject({ successors: [app[0]], allowed: false, kept: [] });
    expect(found?.names.map(({ name }) => name)).toEqual(['a']);
  });

  test('is none when the stack of the app has that name already, or when its creation was rolled back', () => {
    const there = new Map([['new', deployedAs(app[0]!.stack.template)]]);
    expect(takeovers([removed('old', template({ Any: role('a') }))], app, there, [])).toEqual([]);
    expect(find('old', template({ Any: role('a') }), { status: 'ROLLBACK_COMPLETE' })).toEqual([]);
  });

  test('keeps the names of resources that its deletion would leave behind', () => {
    const [found] = find('old', template({ Any: role('a', { DeletionPolicy: 'Retain' }) }));
    expect(found?.kept.map(({ name }) => name)).toEqual(['a']);
  });

  test('hands on the parameters that its successors have, too, but neither secrets nor values from SSM', () => {
    const Parameters = {
      ImageTag: { Type: 'String' },
      Password: { Type: 'String', NoEcho: true },
      Path: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/p' },
      Own: { Type: 'String' },
    };
    const { Own: _own, ...common } = Parameters;
    const value = {
      ImageTag: { value: 'v7' },
      Password: { value: '****' },
      Path: { value: '/p' },
      Own: { value: 'o' },
    };
    const old = removed('old', template({ Any: role('a') }, { Parameters }), { parameters: value });
    const next = [node('new', template({ Role: role('a') }, { Parameters: common }))];
    expect(carriedParameters(takeovers([old], next, new Map(), []))).toEqual({ ImageTag: 'v7' });
  });

  test('goes after what its successors need, other successors and what needs them left out', () => {
    const stacks = ['base', 'first', 'between', 'second'];
    const upstream = new Map(stacks.map((id, index) => [id, new Set(stacks.slice(0, index))]));
    const downstream = new Map(stacks.map((id, index) => [id, new Set(stacks.slice(index + 1))]));
    const both = [node('first', template({ R: role('a') })), node('second', template({ R: role('b') }))];
    const going = takeovers([removed('old', template({ A: role('a'), B: role('b') }))], both, new Map(), []);
    expect(comesBeforeTakeovers(going, { upstream, downstream })).toEqual(new Set(['base']));
  });

  test('is told with what does not work meanwhile, what is lost, and what is kept', () => {
    const going = find(
      'old',
      template({
        Role: role('a'),
        Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
        Name: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'x.example.com.', Type: 'A' } },
        Database: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete' },
        Logs: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain' },
      }),
    );
    expect(interruptions(going)).toEqual([
      'Until then nothing answers at the load balancer; the new one has another DNS name and other addresses.',
      'Until then x.example.com cannot be resolved, and resolvers may remember that for a while.',
      'Deleted for good: Database (AWS::RDS::DBInstance).',
      'Kept, but no longer part of any stack: Logs (AWS::Logs::LogGroup).',
      expect.stringContaining('created anew'),
    ]);
  });
});

describe('a stack that imports from one that goes', () => {
  const outputs = { Out: { Value: { Ref: 'X' }, Export: { Name: 'old:x' } } };
  const values = exportedValues(deployedAs(template({}, { Outputs: outputs }), { outputs: { Out: 'value' } }));
  const importing = (name: string) =>
    template({ Topic: { Type: 'AWS::SNS::Topic', Properties: { Tags: [{ Value: { 'Fn::ImportValue': name } }] } } });

  test('gets the value in the place of the import, and an output that says whose it was', () => {
    expect(withoutImports(importing('old:x'), values, ['old'])).toEqual({
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { Tags: [{ Value: 'value' }] } } },
      Outputs: { LetGoOfExportsOf: { Value: 'old' } },
    });
  });

  test('stays as it is where it imports from others only', () => {
    expect(withoutImports(importing('other:x'), values, ['old'])).toBeUndefined();
  });
});
