import type { Template, TemplateResource } from '../../assembly/template';
import type { TargetLayout } from '../../migration/layout';

/** Numbers from 0 to below `limit` that look random and are the same for the same seed: a linear congruential generator. */
export function randomOf(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A monolith, and an app that has the same resources in several stacks. */
export interface RandomSplit {
  readonly monolith: TargetLayout;
  readonly target: readonly TargetLayout[];
  /** By key of a resource of the monolith, the key of the app's. */
  readonly becomes: ReadonlyMap<string, string>;
}

const TYPES = ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::ECS::Cluster'];

/** One of the ways to refer to something within a template. */
type Way = (reference: { Ref: string } | { 'Fn::GetAtt': string[] }) => unknown;

const WAYS: readonly Way[] = [
  (reference) => reference,
  (reference) => ({ 'Fn::Join': ['', ['arn:', reference, '/*']] }),
  (reference) => ({ nested: [{ deep: reference }] }),
  (reference) => ({
    'Fn::Sub': 'Ref' in reference ? `a-\${${reference.Ref}}-\${!b}` : [`a-\${x}`, { x: reference }],
  }),
];

/**
 * Makes up a monolith and a split of it. Resources refer to earlier ones and have a property that tells them apart; in the
 * app they have other logical ids, and references between stacks are imports, or values that another stack publishes in SSM.
 */
export function randomSplit(seed: number): RandomSplit {
  const random = randomOf(seed);
  const resources = 3 + random(25);
  const stacks = 1 + random(8);
  const viaSsm = random(2) === 0;
  const place = Array.from({ length: resources }, () => `part${random(stacks)}`);
  const nameIn = (index: number) => (random(3) === 0 ? `Same${index}` : `New${index}`);
  const names = Array.from({ length: resources }, (_, index) => nameIn(index));
  const monolith: Record<string, TemplateResource> = {};
  const parts = new Map<
    string,
    { Resources: Record<string, object>; Parameters: Record<string, object>; Outputs: Record<string, object> }
  >();
  const part = (name: string) => {
    const known = parts.get(name) ?? { Resources: {}, Parameters: {}, Outputs: {} };
    parts.set(name, known);
    return known;
  };
  const idOf = (index: number) => `Same${index}`;

  for (let index = 0; index < resources; index += 1) {
    const own: Record<string, unknown> = { Mark: `mark ${index}`, Size: 1 + random(3) };
    const there: Record<string, unknown> = { ...own };
    for (let count = random(3); count > 0 && index > 0; count -= 1) {
      const other = random(index);
      const attribute = random(2) === 0 ? undefined : 'Arn';
      const way = WAYS[random(WAYS.length)]!;
      const refer = (name: string) => (attribute === undefined ? { Ref: name } : { 'Fn::GetAtt': [name, attribute] });
      const property = `Refers${count}`;
      own[property] = way(refer(idOf(other)));
      there[property] =
        place[other] === place[index]
          ? way(refer(names[other]!))
          : replaced(way, refer(names[other]!), reach(other, attribute, place[index]!));
    }
    if (random(4) === 0) {
      own['Level'] = { Ref: 'Level' };
      there['Level'] = 'high';
    }
    const type = TYPES[random(TYPES.length)]!;
    const before = index > 0 && random(4) === 0 ? { DependsOn: idOf(random(index)) } : {};
    monolith[idOf(index)] = { Type: type, Properties: own, ...before } as TemplateResource;
    part(place[index]!).Resources[names[index]!] = { Type: type, Properties: there };
  }
  return {
    monolith: {
      stackName: 'monolith',
      template: { Parameters: { Level: { Type: 'String', Default: 'high' } }, Resources: monolith },
    },
    target: [...parts].map(([stackName, template]) => ({ stackName, template: template as unknown as Template })),
    becomes: new Map(names.map((name, index) => [`monolith/${idOf(index)}`, `${place[index]}/${name}`])),
  };

  /** A value of a resource, in another stack of the app. */
  function reach(other: number, attribute: string | undefined, stack: string): object {
    const value = attribute === undefined ? { Ref: names[other]! } : { 'Fn::GetAtt': [names[other]!, attribute] };
    const key = `${names[other]}${attribute ?? 'Ref'}`;
    const holder = part(place[other]!);
    if (!viaSsm) {
      holder.Outputs[key] = { Value: value, Export: { Name: `${place[other]}:${key}` } };
      return { 'Fn::ImportValue': `${place[other]}:${key}` };
    }
    const path = `/app/${place[other]}/${key}`;
    holder.Resources[`Published${key}`] = { Type: 'AWS::SSM::Parameter', Properties: { Name: path, Value: value } };
    part(stack).Parameters[`From${key}`] = { Type: 'AWS::SSM::Parameter::Value<String>', Default: path };
    return { Ref: `From${key}` };
  }
}

/** The same as another reference, by another value. */
function replaced(way: Way, reference: Parameters<Way>[0], value: object): unknown {
  const written = way(reference) as { 'Fn::Sub'?: unknown };
  if (typeof written === 'object' && 'Fn::Sub' in written && 'Ref' in reference) {
    return { 'Fn::Sub': [`a-\${x}-\${!b}`, { x: value }] };
  }
  return JSON.parse(JSON.stringify(written).replace(JSON.stringify(reference), JSON.stringify(value)));
}
