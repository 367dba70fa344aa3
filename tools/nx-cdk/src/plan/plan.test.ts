import type { AssembledStack } from '../assembly/assembly';
import type { Template } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import { evaluate } from './evaluate';
import { planParameters } from './parameters';
import { templateDifference } from './template-difference';

const template: Template = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { Name: 'a' } } } };
const stack: AssembledStack = {
  id: 'a',
  hierarchicalId: 'a',
  stackName: 'a',
  account: '123456789012',
  region: 'eu-west-1',
  template,
  templateFile: '/assembly/a.template.json',
  tags: { app: 'x' },
  terminationProtection: true,
  dependencies: [],
};
const deployed: DeployedStack = {
  stackId: 'id',
  status: 'UPDATE_COMPLETE',
  template,
  parameters: {},
  tags: { app: 'x', 'aws:owner': 'someone' },
  terminationProtection: true,
  notificationArns: [],
  outputs: {},
  exports: [],
  lastUpdated: '2026-01-01T00:00:00.000Z',
};
const plain = { given: {}, ssm: new Map<string, string>(), force: false, updatedAt: () => undefined };
const verdict = (now: Partial<DeployedStack>, wanted: Partial<AssembledStack> = {}) =>
  evaluate({ ...stack, ...wanted }, { ...deployed, ...now }, plain);

describe('whether a stack ships', () => {
  test('not when template, tags, parameters and protection equal the deployed ones', () => {
    expect(verdict({})).toMatchObject({ action: 'unchanged' });
    expect(verdict({ status: 'UPDATE_ROLLBACK_COMPLETE' })).toMatchObject({ action: 'unchanged' });
  });

  test.each([
    ['a tag', { tags: {} }, {}, 'tags differ'],
    ['termination protection', { terminationProtection: false }, {}, 'termination protection on'],
    ['a topic', {}, { notificationArns: ['arn'] }, 'notification topics differ'],
    ['a failed update', { status: 'UPDATE_FAILED' }, {}, 'it is in UPDATE_FAILED'],
    ['a template that cannot be read', { template: undefined }, {}, 'the deployed template cannot be compared'],
  ])('when it differs in %s', (_what, now, wanted, reason) => {
    expect(verdict(now, wanted)).toMatchObject({ action: 'update', reason });
  });

  test('a parameter without value and default stops it', () => {
    const needs = { ...template, Parameters: { Size: { Type: 'Number' } } };
    expect(verdict({ template: needs }, { template: needs })).toMatchObject({ action: 'stop' });
    expect(verdict({ template: needs, parameters: { Size: { value: '3' } } }, { template: needs })).toMatchObject({
      action: 'unchanged',
    });
  });
});

describe('what a template difference says', () => {
  test('nothing for another order of keys, or characters that CloudFormation does not keep', () => {
    expect(templateDifference({ A: { b: 1, c: 2 } }, { A: { c: 2, b: 1 } })).toBeUndefined();
    expect(templateDifference({ Description: 'gr?n' }, { Description: 'grün' })).toBeUndefined();
  });

  test('the first resources by name, or the sections where no resource differs', () => {
    const many = Object.fromEntries([...'abcdefg'].map((id) => [id, { Type: 'T' }]));
    expect(templateDifference({}, { Resources: many })).toBe('7 resources changed: a, b, c, d, e and 2 more');
    expect(templateDifference(template, { ...template, Outputs: {} })).toBe('Outputs changed');
  });
});

describe('parameters', () => {
  const ssmTyped = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' };

  test('an SSM value that CloudFormation resolved counts, not the name', () => {
    const differences = (resolved?: string) =>
      planParameters(
        { Parameters: { P: ssmTyped } },
        { P: { value: '/path', resolved } },
        {},
        new Map([['/path', 'v']]),
      ).differences;
    expect(differences('v')).toEqual([]);
    expect(differences('old')).toEqual(['SSM /path changed']);
    expect(differences(undefined)).toEqual(['SSM /path changed']);
  });

  test('the version of the CDK bootstrap does not count', () => {
    const bootstrap = { ...ssmTyped, Description: 'Version … [cdk:skip]' };
    expect(planParameters({ Parameters: { P: bootstrap } }, { P: { value: '/path' } }, {}, new Map())).toEqual({
      values: {},
      differences: [],
      missing: [],
    });
  });

  test('a deployed value is kept, also when the default changes, until a new one is given', () => {
    const parameters = { Tag: { Type: 'String', Default: 'new-default' } };
    const plan = (given: Record<string, string>) =>
      planParameters({ Parameters: parameters }, { Tag: { value: 'v1' } }, given, new Map());
    expect(plan({})).toMatchObject({ values: {}, differences: [] });
    expect(plan({ Tag: 'v2' })).toMatchObject({ values: { Tag: 'v2' }, differences: ['parameter Tag v1 → v2'] });
  });
});
