import { Fn, type Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The region's first two zones, chosen by CloudFormation, so that nothing is looked up at synthesis. */
export function firstTwoAvailabilityZones(): string[] {
  return [0, 1].map((index) => Fn.select(index, Fn.getAzs()));
}

/**
 * Runs `create` while the stack says that its availability zones are `zones`.
 *
 * `ec2.Vpc` compares explicit zones with `stack.availabilityZones`, whose default implementation looks them up in the
 * AWS account whenever the stack has an account and a region. The supported way around it is to override that property
 * in a subclass of Stack; a library cannot ask this of every app. A stack that does override it on its own instance
 * (as other languages than TypeScript do) is left alone.
 */
export function withPinnedAvailabilityZones<T>(stack: Stack, zones: string[], create: () => T): T {
  if (Object.hasOwn(stack, 'availabilityZones')) return create();
  Object.defineProperty(stack, 'availabilityZones', { configurable: true, value: zones });
  try {
    return create();
  } finally {
    delete (stack as { availabilityZones?: string[] }).availabilityZones;
  }
}

/** Tells the built-in template validation that zones are written out on purpose. */
export function acknowledgePinnedZones(scope: Construct): void {
  Validations.of(scope).acknowledge({
    id: 'CloudFormation-Validate::W3010',
    reason: 'Zones are pinned, so that a new zone in the region never moves a subnet',
  });
}
