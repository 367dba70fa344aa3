import { createHash } from 'node:crypto';
import { Token } from 'aws-cdk-lib';
import type { IApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { RouteOptions } from './route-options';

/** Priorities that people choose; automatic ones follow them. */
export const EXPLICIT_PRIORITIES = { min: 1, max: 9_999 } as const;
/** A rule for whatever is left; the largest priority there is. */
export const CATCH_ALL_PRIORITY = 50_000;

const PATH_CLASSES = 9;
const SLOTS_PER_BAND = 700;

/**
 * The priority of a route that has none.
 *
 * It depends on the route alone, never on other routes, so adding, removing or reordering routes moves none: CloudFormation
 * changes rules one by one, and Elastic Load Balancing refuses a priority that another rule still has. Specificity decides
 * on the band; the place in it is a hash of the construct's address, so that a renamed construct, whose rule is created
 * before the old one is deleted, does not meet itself.
 */
export function automaticPriority(address: string, options: RouteOptions): number {
  const slot = createHash('sha256').update(address).digest().readUInt32BE(0) % SLOTS_PER_BAND;
  return EXPLICIT_PRIORITIES.max + 1 + specificityBand(options) * SLOTS_PER_BAND + slot;
}

/** 0 for the most specific conditions, 53 for the least: host before path before everything else. */
export function specificityBand({
  hosts,
  paths,
  methods,
  headers,
  queryParameters,
  sourceCidrs,
}: RouteOptions): number {
  const narrowed = [methods, headers, queryParameters, sourceCidrs].some((condition) => condition !== undefined);
  return (hostClass(hosts) * PATH_CLASSES + pathClass(paths)) * 2 + (narrowed ? 0 : 1);
}

/** Whether the specificity of conditions is known at synthesis. */
export function hasKnownSpecificity({ hosts, paths }: RouteOptions): boolean {
  return [hosts, paths].every((values) => !Token.isUnresolved(values) && !values?.some((v) => Token.isUnresolved(v)));
}

function hostClass(hosts?: string[]): number {
  if (hosts === undefined) return 2;
  return hosts.some(hasWildcard) ? 1 : 0;
}

/** 0 for exact paths, then by the segments before the first wildcard; the least specific path counts. */
function pathClass(paths: string[] = ['/*']): number {
  return Math.max(
    ...paths.map((path) => {
      if (!hasWildcard(path)) return 0;
      const segments = path.split(/[*?]/)[0]!.split('/').filter(Boolean).length;
      return PATH_CLASSES - 1 - Math.min(segments, PATH_CLASSES - 2);
    }),
  );
}

function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

const claims = new WeakMap<IApplicationListener, Map<number, string>>();

/**
 * Keeps a priority of a listener for one rule.
 *
 * @throws when another rule has it: AWS would refuse the second one, in the middle of a deployment.
 */
export function claimPriority(listener: IApplicationListener, priority: number, rule: Construct): number {
  const claimed = claims.get(listener) ?? new Map<number, string>();
  claims.set(listener, claimed);
  const other = claimed.get(priority);
  if (other !== undefined && !Token.isUnresolved(priority)) {
    throw new Error(
      `${rule.node.path} and ${other} would both have the priority ${priority} on their listener: ` +
        `give one of them a priority from ${EXPLICIT_PRIORITIES.min} to ${EXPLICIT_PRIORITIES.max}, or another id.`,
    );
  }
  claimed.set(priority, rule.node.path);
  return priority;
}
