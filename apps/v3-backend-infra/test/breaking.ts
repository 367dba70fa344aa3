import type { SynthesizedStack } from './assembly';
import { type Placed, resources } from './rules/rule';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates are JSON of any shape
export type Properties = any;
/** Takes one protection away, in place. */
export type Break = (stacks: SynthesizedStack[]) => void;

/** Changes the properties of the first resource of a type whose logical id has the words. */
export const change =
  (type: string, changed: (properties: Properties, placed: Placed) => void, words = ''): Break =>
  (stacks) => {
    const placed = resources(stacks, `AWS::${type}`).find(({ logicalId }) => logicalId.includes(words));
    if (!placed) throw new Error(`There is no ${type} ${words} to break.`);
    changed(placed.Properties, placed);
  };

/** Removes the resources of a type whose logical id has the words. */
export const remove =
  (type: string, words = ''): Break =>
  (stacks) => {
    const placed = resources(stacks, type).filter(({ logicalId }) => logicalId.includes(words));
    if (placed.length === 0) throw new Error(`There is no ${type} ${words} to remove.`);
    for (const { stack, logicalId } of placed) delete stack.template.Resources[logicalId];
  };

/** The first key policy in a stack no longer has a statement for the service. */
export const shutOut =
  (stack: string, service: string): Break =>
  (stacks) => {
    const keys = resources(
      stacks.filter(({ name }) => name === stack),
      'AWS::KMS::Key',
    );
    const before = JSON.stringify(keys.map(({ Properties }) => Properties));
    for (const { Properties } of keys) {
      const { KeyPolicy } = Properties;
      KeyPolicy.Statement = KeyPolicy.Statement.filter((one: object) => !JSON.stringify(one).includes(service));
    }
    if (JSON.stringify(keys.map(({ Properties }) => Properties)) === before)
      throw new Error(`${service} is not let in.`);
  };

/** Sets an attribute of a load balancer or target group. */
export const attribute = (key: string, value: string) => (properties: Properties) => {
  const attributes = properties.LoadBalancerAttributes ?? properties.TargetGroupAttributes;
  attributes.find((one: { Key: string }) => one.Key === key).Value = value;
};

export const elb = (type: string) => `ElasticLoadBalancingV2::${type}`;

/** Removes what denies requests without TLS. */
export const withoutTls = (properties: Properties) => {
  const { PolicyDocument } = properties;
  PolicyDocument.Statement = PolicyDocument.Statement.filter((one: object) => !JSON.stringify(one).includes('Secure'));
};
