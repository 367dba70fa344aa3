import { bucketsAreEncryptedAndPrivate } from './buckets-are-encrypted-and-private';
import { bucketsRefusePlaintext } from './buckets-refuse-plaintext';
import { dataOutlivesItsStackWhereProtected } from './data-outlives-its-stack-where-protected';
import { databaseForcesTls } from './database-forces-tls';
import { databaseIsEncryptedAndPrivate } from './database-is-encrypted-and-private';
import { databaseUpgradesWithoutDrift } from './database-upgrades-without-drift';
import { databaseUrlAsksForTls } from './database-url-asks-for-tls';
import { deadLettersAreKeptLonger } from './dead-letters-are-kept-longer';
import { defaultSecurityGroupIsClosed } from './default-security-group-is-closed';
import { deploymentsCanProceed } from './deployments-can-proceed';
import { everyQueueHasDeadLetters } from './every-queue-has-dead-letters';
import { failedDeploymentsAreRolledBack } from './failed-deployments-are-rolled-back';
import { filtersFollowThePermission } from './filters-follow-the-permission';
import { internalPathsAreRestricted } from './internal-paths-are-restricted';
import { largeBodiesAreCounted } from './large-bodies-are-counted';
import { loadBalancerDropsMalformedHeaders } from './load-balancer-drops-malformed-headers';
import { loadBalancerHasAWebAcl } from './load-balancer-has-a-web-acl';
import { loadBalancerMayWriteItsLogs } from './load-balancer-may-write-its-logs';
import { logGroupKeysAdmitLogs } from './log-group-keys-admit-logs';
import { logGroupsHaveNoNames } from './log-groups-have-no-names';
import { logsExpire } from './logs-expire';
import { noStatementHasTwoWildcards } from './no-statement-has-two-wildcards';
import { noValueIsLost } from './no-value-is-lost';
import { onlyTheLoadBalancerIsOpen } from './only-the-load-balancer-is-open';
import { passwordsSurviveInAUrl } from './passwords-survive-in-a-url';
import { plainHttpIsRedirected } from './plain-http-is-redirected';
import { queuesAreEncrypted } from './queues-are-encrypted';
import { queuesRefusePlaintext } from './queues-refuse-plaintext';
import { rolesArePassedToNamedServices } from './roles-are-passed-to-named-services';
import { scaledServicesHaveNoCount } from './scaled-services-have-no-count';
import { secretsAreResolvedIntoSecretsOnly } from './secrets-are-resolved-into-secrets-only';
import { targetGroupsAndSecurityGroupsHaveNoNames } from './target-groups-and-security-groups-have-no-names';
import { targetGroupsAreReached } from './target-groups-are-reached';
import { targetsLeaveWithoutDelay } from './targets-leave-without-delay';
import { tasksHaveNoPublicAddress } from './tasks-have-no-public-address';
import { thereIsOneSchedulerAtMost } from './there-is-one-scheduler-at-most';
import { topicKeysAdmitAlarms } from './topic-keys-admit-alarms';
import { trafficIsLogged } from './traffic-is-logged';
import { unknownPathsAreNotFound } from './unknown-paths-are-not-found';
import { webAclLogIsNamedForIt } from './web-acl-log-is-named-for-it';
import type { Rule } from './rule';

/** Rules over the templates of one variant, each named by what it claims. */
export const RULES: readonly Rule[] = [
  noValueIsLost,
  targetGroupsAreReached,
  targetGroupsAndSecurityGroupsHaveNoNames,
  targetsLeaveWithoutDelay,
  unknownPathsAreNotFound,
  internalPathsAreRestricted,
  plainHttpIsRedirected,
  loadBalancerDropsMalformedHeaders,
  loadBalancerHasAWebAcl,
  largeBodiesAreCounted,
  webAclLogIsNamedForIt,
  logGroupKeysAdmitLogs,
  topicKeysAdmitAlarms,
  logGroupsHaveNoNames,
  logsExpire,
  filtersFollowThePermission,
  bucketsRefusePlaintext,
  bucketsAreEncryptedAndPrivate,
  loadBalancerMayWriteItsLogs,
  queuesRefusePlaintext,
  queuesAreEncrypted,
  deadLettersAreKeptLonger,
  everyQueueHasDeadLetters,
  databaseIsEncryptedAndPrivate,
  databaseForcesTls,
  databaseUpgradesWithoutDrift,
  databaseUrlAsksForTls,
  passwordsSurviveInAUrl,
  secretsAreResolvedIntoSecretsOnly,
  scaledServicesHaveNoCount,
  failedDeploymentsAreRolledBack,
  deploymentsCanProceed,
  thereIsOneSchedulerAtMost,
  tasksHaveNoPublicAddress,
  onlyTheLoadBalancerIsOpen,
  defaultSecurityGroupIsClosed,
  trafficIsLogged,
  noStatementHasTwoWildcards,
  rolesArePassedToNamedServices,
  dataOutlivesItsStackWhereProtected,
];
