import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import { HEADER_NAME, isCidr, isWholeInternet } from '../private/patterns';
import type { BlockResponse } from './block-response';
import type { RateLimit } from './rate-limit';
import { LOG_DESTINATION_PREFIX } from './web-acl-log-destination';
import type { WebAclProps } from './web-acl-props';
import { MAX_RATE_LIMITS } from './web-acl-rules';

const RATE_WINDOWS = [60, 120, 300, 600];
const MAX_RATE = 2_000_000_000;
const MAX_BODY_BYTES = 4096;
/** Names of rules that every web ACL has, or may have. */
const OWN_RULES = ['BlockedAddresses', 'AllowedAddresses', 'RateLimit', 'Countries'];

/** Adds what is wrong with a web ACL's props to `validation`. */
export function validateWebAcl(validation: PropsValidation, props: WebAclProps): void {
  validateSources(validation, props);
  validation.inRange('rateLimit', 10, MAX_RATE, props.rateLimit);
  validation.holds(
    (props.rateLimits ?? []).length <= MAX_RATE_LIMITS,
    `rateLimits has ${props.rateLimits?.length} limits, the most is ${MAX_RATE_LIMITS}`,
  );
  props.rateLimits?.forEach((rate, index) => validateRateLimit(validation, `rateLimits[${index}].`, rate));
  validateManagedGroups(validation, props);
  const names = [...(props.rateLimits ?? []), ...(props.managedRuleGroups ?? [])].map(({ name }) => name);
  const duplicates = [
    ...new Set(names.filter((name, index) => [...OWN_RULES, ...names.slice(0, index)].includes(name))),
  ];
  validation.holds(
    duplicates.length === 0,
    `rateLimits and managedRuleGroups name ${duplicates.join(', ')} more than once, or as the web ACL names a rule of ` +
      'its own: state all about a group in one place, and give limits names of their own',
  );
  for (const prop of ['blockResponse', 'rateLimitResponse'] as const) {
    validateResponse(validation, `${prop}.`, props[prop]);
  }
  validateLogging(validation, props);
}

function validateSources(validation: PropsValidation, props: WebAclProps): void {
  for (const prop of ['blockedCidrs', 'allowedCidrs'] as const) {
    props[prop]?.forEach((cidr, index) =>
      validation.holds(
        // WAF refuses a block of all addresses.
        Token.isUnresolved(cidr) || (isCidr(cidr) && !isWholeInternet(cidr)),
        `${prop}[${index}] must be an IPv4 or IPv6 CIDR block other than all addresses, e.g. "192.0.2.0/24", ` +
          `got ${JSON.stringify(cidr)}`,
      ),
    );
  }
  for (const prop of ['blockedCountries', 'onlyCountries'] as const) {
    props[prop]?.forEach((country, index) =>
      validation.matches(`${prop}[${index}]`, '[A-Z]{2}', 'an ISO 3166 code of two capitals such as "CH"', country),
    );
    const count = props[prop]?.length;
    validation.holds(
      count === undefined || (count >= 1 && count <= 50),
      `${prop} must name 1 to 50 countries, got ${count}`,
    );
  }
  validation.holds(
    props.blockedCountries === undefined || props.onlyCountries === undefined,
    'blockedCountries and onlyCountries exclude each other: give one of them',
  );
}

function validateRateLimit(validation: PropsValidation, prefix: string, rate: RateLimit): void {
  validation.matches(`${prefix}name`, '[\\w-]{1,128}', '1 to 128 letters, digits, "-" and "_"', rate.name);
  validation.inRange(`${prefix}limit`, 10, MAX_RATE, rate.limit);
  const window = rate.window?.toSeconds();
  validation.holds(
    window === undefined || Token.isUnresolved(window) || RATE_WINDOWS.includes(window),
    `${prefix}window must be ${RATE_WINDOWS.join(', ')} seconds, got ${window}`,
  );
  validation.matches(`${prefix}pathPrefix`, '/\\S{0,199}', 'a path of at most 200 characters', rate.pathPrefix);
  validation.matches(`${prefix}keyHeader`, '[a-z0-9-]{1,64}', 'a header name in lower case', rate.keyHeader);
  validation.holds(
    !rate.forwardedAddress || rate.keyHeader === undefined,
    `${prefix}forwardedAddress and ${prefix}keyHeader exclude each other: give one of them`,
  );
}

function validateManagedGroups(validation: PropsValidation, props: WebAclProps): void {
  props.managedRuleGroups?.forEach((group, index) => {
    group.exceptPathPrefixes?.forEach((path, place) =>
      validation.matches(
        `managedRuleGroups[${index}].exceptPathPrefixes[${place}]`,
        '/\\S{1,199}',
        'a path of 2 to 200 characters such as "/webhooks/"',
        path,
      ),
    );
  });
}

function validateResponse(validation: PropsValidation, prefix: string, response?: BlockResponse): void {
  if (!response) return;
  validation.inRange(`${prefix}statusCode`, 200, 599, response.statusCode);
  const bytes = Buffer.byteLength(response.body ?? ' ');
  validation.holds(
    bytes >= 1 && bytes <= MAX_BODY_BYTES,
    `${prefix}body must have 1 to ${MAX_BODY_BYTES} bytes, got ${bytes}`,
  );
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    validation.matches(`${prefix}headers["${name}"]`, HEADER_NAME, 'a header name of 1 to 40 characters', name);
    validation.holds(
      name.toLowerCase() !== 'content-type',
      `${prefix}headers must not name content-type: it follows from ${prefix}bodyType`,
    );
    validation.matches(`${prefix}headers["${name}"]`, '.{1,255}', 'a value of 1 to 255 characters', value);
  }
}

function validateLogging(validation: PropsValidation, props: WebAclProps): void {
  const allowed = `a name that starts with "${LOG_DESTINATION_PREFIX}", or WAF refuses it`;
  validation.matches('logGroupName', `${LOG_DESTINATION_PREFIX}[A-Za-z0-9_/.#-]{1,499}`, allowed, props.logGroupName);
  validation.matches(
    "the name of logDestination's log group, bucket or stream",
    `${LOG_DESTINATION_PREFIX}.+`,
    allowed,
    props.logDestination?.destinationName,
  );
  for (const prop of ['logGroupName', 'logRetention'] as const) {
    validation.holds(
      props.logDestination === undefined || props[prop] === undefined,
      `${prop} and logDestination exclude each other: ${prop} is about a log group of this construct`,
    );
  }
  props.redactedHeaders?.forEach((header, index) =>
    validation.matches(`redactedHeaders[${index}]`, '[a-z0-9-]{1,64}', 'a header name in lower case', header),
  );
  validation.holds(
    props.loggedActions === undefined || props.loggedActions.length > 0,
    'loggedActions is empty, so nothing would be logged: leave it out to log everything',
  );
}
