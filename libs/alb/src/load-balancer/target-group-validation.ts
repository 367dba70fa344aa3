import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import {
  ApplicationProtocolVersion,
  TargetGroupLoadBalancingAlgorithmType as Algorithm,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TARGET_GROUP_DEFAULTS } from './target-group';
import type { TargetGroupOptions, TargetHealthCheck } from './target-group-options';

const WEEK_SECONDS = 604_800;

/**
 * Adds what is wrong with a target group's options to `validation`.
 *
 * @param prefix what the options' names start with in the eyes of their user, e.g. `apiTargets.`.
 * @param https whether an HTTPS listener forwards to the group; undefined where that is not known.
 */
export function validateTargetGroup(
  validation: PropsValidation,
  prefix: string,
  options: TargetGroupOptions,
  https?: boolean,
): void {
  const { protocolVersion: version, algorithm } = options;
  validation.inRange(`${prefix}port`, 1, 65535, options.port);
  validation.inRange(`${prefix}deregistrationDelay in seconds`, 0, 3600, options.deregistrationDelay?.toSeconds());
  validation.inRange(`${prefix}slowStart in seconds`, 30, 900, options.slowStart?.toSeconds());
  validation.inRange(`${prefix}stickiness in seconds`, 1, WEEK_SECONDS, options.stickiness?.toSeconds());
  validation.matches(
    `${prefix}stickinessCookieName`,
    "(?!AWSALB)[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}",
    'a cookie name that does not start with "AWSALB"',
    options.stickinessCookieName,
  );
  validation.holds(
    options.stickinessCookieName === undefined || options.stickiness !== undefined,
    `${prefix}stickinessCookieName needs ${prefix}stickiness, which says for how long`,
  );
  validation.holds(
    options.stickiness === undefined || options.crossZone !== false,
    `${prefix}stickiness is not possible with ${prefix}crossZone: false`,
  );
  validation.holds(
    options.slowStart === undefined || (algorithm ?? Algorithm.ROUND_ROBIN) === Algorithm.ROUND_ROBIN,
    `${prefix}slowStart works with the round-robin algorithm only, got ${algorithm}`,
  );
  validation.holds(
    !options.anomalyMitigation || algorithm === Algorithm.WEIGHTED_RANDOM,
    `${prefix}anomalyMitigation works with the weighted-random algorithm only: set ${prefix}algorithm to WEIGHTED_RANDOM`,
  );
  validation.holds(
    https !== false || version === undefined || version === ApplicationProtocolVersion.HTTP1,
    `${prefix}protocolVersion ${version} needs an HTTPS listener: give a certificate`,
  );
  validateHealthCheck(
    validation,
    `${prefix}healthCheck.`,
    options.healthCheck ?? {},
    version === ApplicationProtocolVersion.GRPC,
  );
}

function validateHealthCheck(
  validation: PropsValidation,
  prefix: string,
  check: TargetHealthCheck,
  grpc: boolean,
): void {
  const interval = check.interval?.toSeconds() ?? TARGET_GROUP_DEFAULTS.intervalSeconds;
  const timeout = check.timeout?.toSeconds() ?? TARGET_GROUP_DEFAULTS.timeoutSeconds;
  validation.matches(`${prefix}path`, '/[^\\s?#]{0,1023}', 'a path such as "/health"', check.path);
  const code = grpc ? '\\d{1,2}' : '[2-4]\\d\\d';
  validation.matches(
    `${prefix}healthyCodes`,
    `${code}((,${code})*|-${code})`,
    grpc ? 'gRPC codes from 0 to 99, e.g. "0" or "0-5"' : 'HTTP codes from 200 to 499, e.g. "200,204" or "200-299"',
    check.healthyCodes,
  );
  validation.inRange(`${prefix}interval in seconds`, 5, 300, interval);
  validation.inRange(`${prefix}timeout in seconds`, 2, 120, timeout);
  validation.holds(
    Token.isUnresolved(interval) || Token.isUnresolved(timeout) || timeout < interval,
    `${prefix}timeout must be less than the interval, got ${timeout} s and ${interval} s`,
  );
  validation.inRange(`${prefix}healthyThreshold`, 2, 10, check.healthyThreshold);
  validation.inRange(`${prefix}unhealthyThreshold`, 2, 10, check.unhealthyThreshold);
}
