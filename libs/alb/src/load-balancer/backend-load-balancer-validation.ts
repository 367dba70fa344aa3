import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import { HEADER_NAME, isCidr, isWholeInternet } from '../private/patterns';
import { validateJwt } from '../routing/jwt-action';
import { MAX_CONDITION_VALUES } from '../routing/route-validation';
import type { BackendLoadBalancerProps } from './backend-load-balancer-props';
import { targetGroupOptions } from './backend-target-groups';
import { validateTargetGroup } from './target-group-validation';

/** Adds what is wrong with what a backend's load balancer has beyond any other to `validation`. */
export function validateBackendLoadBalancer(validation: PropsValidation, props: BackendLoadBalancerProps): void {
  validateInternalAccess(validation, props);
  if (props.apiJwt) {
    validateJwt(validation, 'apiJwt.', props.apiJwt);
    validation.holds(
      props.certificate !== undefined,
      'apiJwt needs a certificate: tokens are verified over HTTPS only',
    );
  }
  validation.inRange('applicationPort', 1, 65535, props.applicationPort);
  validation.matches('healthCheckPath', '/[^\\s?#]{0,1023}', 'a path such as "/health"', props.healthCheckPath);
  validation.inRange('deregistrationDelay in seconds', 0, 3600, props.deregistrationDelay?.toSeconds());
  for (const prop of ['apiTargets', 'workerTargets', 'schedulerTargets'] as const) {
    // What the service inherits from the backend's own props is checked above, under those props' names.
    const merged = targetGroupOptions(props, props[prop]);
    const own = { ...merged, port: props[prop]?.port, deregistrationDelay: props[prop]?.deregistrationDelay };
    const healthCheck = { ...merged.healthCheck, path: props[prop]?.healthCheck?.path };
    validateTargetGroup(validation, `${prop}.`, { ...own, healthCheck }, props.certificate !== undefined);
  }
}

function validateInternalAccess(validation: PropsValidation, props: BackendLoadBalancerProps): void {
  const { internalCidrs: cidrs, internalHeader: header } = props;
  validation.matches('internalHeader.name', HEADER_NAME, 'a header name of 1 to 40 characters', header?.name);
  validation.matches(
    'internalHeader.value',
    '[^*?\\s]([^*?]{0,126}[^*?\\s])?',
    '1 to 128 characters without "*", "?" and surrounding blanks',
    header?.value,
  );
  validation.holds(
    cidrs !== undefined || header !== undefined,
    'internalCidrs and internalHeader are both missing: say who may reach worker and scheduler',
  );
  if (cidrs === undefined || Token.isUnresolved(cidrs)) return;
  const most = MAX_CONDITION_VALUES - 1 - (header ? 1 : 0);
  validation.holds(
    cidrs.length >= 1 && cidrs.length <= most,
    `internalCidrs must have 1 to ${most} CIDR blocks, got ${cidrs.length}`,
  );
  cidrs.forEach((cidr, index) => {
    const prop = `internalCidrs[${index}]`;
    if (Token.isUnresolved(cidr)) return;
    validation.holds(
      isCidr(cidr),
      `${prop} must be an IPv4 or IPv6 CIDR block such as "10.0.0.0/16", got ${JSON.stringify(cidr)}`,
    );
    validation.holds(
      !isWholeInternet(cidr),
      `${prop} is the whole internet ("${cidr}"): name the networks that may reach worker and scheduler`,
    );
  });
}
