import type { Template } from '../assembly/template';
import { deletionOrder } from './deletion-order';

const exporting = (Name: string): Template => ({ Outputs: { Out: { Value: 1, Export: { Name } } } });
const importing = (name: string): Template => ({
  Resources: { R: { Type: 'T', Properties: { P: { 'Fn::ImportValue': name } } } },
});
const publishing = (Name: string): Template => ({
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name } } },
});
const reading = (Default: string): Template => ({
  Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default } },
});

function order(
  templates: Record<string, Template>,
  downstream: Record<string, string[]> = {},
  regions: Record<string, string> = {},
) {
  const stacks = Object.entries(templates).map(([id, template]) => ({
    id,
    stackName: id,
    region: regions[id] ?? 'eu-west-1',
    template,
  }));
  const before = deletionOrder(stacks, new Map(Object.entries(downstream).map(([id, ids]) => [id, new Set(ids)])));
  return Object.fromEntries([...before].map(([id, ids]) => [id, [...ids]]));
}

test('dependents of the app come first, those that are not there left out', () => {
  expect(order({ a: {}, b: {} }, { a: ['b', 'elsewhere'] })).toEqual({ a: ['b'], b: [] });
});

test('a stack goes after those that import its exports, or read its SSM parameters or outputs, as they are deployed', () => {
  expect(order({ a: exporting('x'), b: importing('x') })).toEqual({ a: ['b'], b: [] });
  expect(order({ a: publishing('/x'), b: reading('/x') })).toEqual({ a: ['b'], b: [] });
  const weak = { R: { Type: 'T', Properties: { P: { 'Fn::GetStackOutput': { StackName: 'a', OutputName: 'x' } } } } };
  expect(order({ a: {}, b: { Resources: weak } })).toEqual({ a: ['b'], b: [] });
});

test('exports and parameters of another region have nothing to do with it', () => {
  expect(order({ a: exporting('x'), b: importing('x') }, {}, { b: 'us-east-1' })).toEqual({ a: [], b: [] });
});

test('where the deployed state contradicts the app, the deployed state is right', () => {
  expect(order({ a: exporting('x'), b: {}, c: importing('x') }, { b: ['a'], c: ['b'] })).toEqual({
    a: ['c'],
    b: ['a'],
    c: [],
  });
});

test('stacks of which each has all before it in its way are in order at once, however many paths there are', () => {
  const names = Array.from({ length: 60 }, (_, index) => `stack${index}`);
  const templates = Object.fromEntries(names.map((name): [string, Template] => [name, {}]));
  const downstream = Object.fromEntries(names.map((name, index) => [name, names.slice(0, index)]));
  const found = order(templates, downstream);
  for (const [index, name] of names.entries()) expect(found[name]).toEqual(names.slice(0, index));
});
