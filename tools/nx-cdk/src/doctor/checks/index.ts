import type { Check } from '../check';
import { bootstrapBuckets } from './bootstrap-buckets';
import { bootstrapRoles } from './bootstrap-roles';
import { bootstrapVersion } from './bootstrap-version';
import { credentials } from './credentials';
import { delegation } from './delegation';
import { deployRole } from './deploy-role';
import { lock } from './lock';
import { quotas } from './quotas';
import { serviceLinkedRoles } from './service-linked-roles';
import { toolchain } from './toolchain';

/** All checks, in the order in which their findings are of use. */
export const CHECKS: readonly Check[] = [
  toolchain,
  credentials,
  bootstrapVersion,
  bootstrapBuckets,
  bootstrapRoles,
  deployRole,
  serviceLinkedRoles,
  quotas,
  delegation,
  lock,
];
