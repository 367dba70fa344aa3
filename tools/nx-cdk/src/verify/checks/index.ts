import type { Check } from '../check';
import { bucketsAreEncrypted, bucketsArePrivate } from './buckets-are-private';
import { databasesAreAvailable } from './databases-are-available';
import { listenerRulesExist } from './listener-rules-exist';
import { listenersExist } from './listeners-exist';
import { loadBalancersAreActive } from './load-balancers-are-active';
import { logGroupsExist } from './log-groups-exist';
import { parametersArePublished } from './parameters-are-published';
import { queuesExist } from './queues-exist';
import { bucketsAreAccessible, executionRolesSuffice, queuesAreAccessible } from './roles-suffice';
import { scalableTargetsExist, scalingPoliciesExist } from './scaling-is-configured';
import { secretsExist } from './secrets-exist';
import { servicesRun } from './services-run';
import { servicesWantTheirCount } from './services-want-their-count';
import { targetsAreHealthy } from './targets-are-healthy';

/** The checks that hold for every app, by the types of its resources, in the order of a report. */
export const CHECKS: readonly Check[] = [
  loadBalancersAreActive,
  listenersExist,
  listenerRulesExist,
  servicesWantTheirCount,
  servicesRun,
  targetsAreHealthy,
  logGroupsExist,
  executionRolesSuffice,
  parametersArePublished,
  secretsExist,
  scalableTargetsExist,
  scalingPoliciesExist,
  databasesAreAvailable,
  queuesExist,
  queuesAreAccessible,
  bucketsArePrivate,
  bucketsAreEncrypted,
  bucketsAreAccessible,
];
