import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import { HEADER_NAME, isCidr } from '../private/patterns';
import { validateJwt } from './jwt-action';
import { validateRewrite } from './rewrite-transforms';
import type { RouteOptions } from './route-options';
import { EXPLICIT_PRIORITIES, hasKnownSpecificity } from './rule-priority';

/** Values that the conditions of a rule have together at most, a fixed quota of Elastic Load Balancing. */
export const MAX_CONDITION_VALUES = 5;

const HOST = '(?=.*\\.)[A-Za-z0-9*?.-]{1,128}';
const PATH = '/[A-Za-z0-9_.$/~"\'@:+&*?()!,;=%-]{0,127}|\\*[A-Za-z0-9_.$/~"\'@:+&*?()!,;=%-]{0,127}';
const METHOD = '[A-Z_-]{1,40}';

/** Adds what is wrong with a route to `validation`. */
export function validateRoute(validation: PropsValidation, options: RouteOptions): void {
  validateConditions(validation, options);
  validation.holds(
    (options.targetGroup === undefined) !== (options.action === undefined),
    options.action === undefined
      ? 'targetGroup and action are both missing: say what happens to the requests'
      : 'targetGroup and action exclude each other: give one of them',
  );
  if (options.jwt) validateJwt(validation, 'jwt.', options.jwt);
  if (options.rewrite) validateRewrite(validation, options.rewrite);
  validation.inRange('priority', EXPLICIT_PRIORITIES.min, EXPLICIT_PRIORITIES.max, options.priority);
  validation.holds(
    options.priority !== undefined || hasKnownSpecificity(options),
    'priority is needed where hosts or paths are known at deployment only: how specific they are cannot be told',
  );
}

function validateConditions(validation: PropsValidation, options: RouteOptions): void {
  const { hosts, paths, methods, headers = {}, queryParameters = {}, sourceCidrs } = options;
  each(hosts, (value, index) =>
    validation.matches(`hosts[${index}]`, HOST, 'a host name such as "api.example.com" or "*.example.com"', value),
  );
  each(paths, (value, index) =>
    validation.matches(`paths[${index}]`, PATH, 'a path of at most 128 characters such as "/partners/*"', value),
  );
  each(methods, (value, index) =>
    validation.matches(`methods[${index}]`, METHOD, 'a method in upper case such as "POST"', value),
  );
  for (const [name, values] of Object.entries(headers)) {
    validation.matches(`headers["${name}"]`, HEADER_NAME, 'a header name of 1 to 40 characters', name);
    validation.holds(name.toLowerCase() !== 'host', 'headers must not name the host header: give hosts instead');
    each(values, (value) =>
      validation.matches(`headers["${name}"]`, '.{1,128}', 'values of 1 to 128 characters', value),
    );
  }
  for (const [key, value] of Object.entries(queryParameters)) {
    validation.matches('queryParameters', '.{1,128}', 'keys of 1 to 128 characters', key);
    validation.matches(`queryParameters["${key}"]`, '.{1,128}', '1 to 128 characters', value);
  }
  each(sourceCidrs, (value, index) =>
    validation.holds(
      Token.isUnresolved(value) || isCidr(value),
      `sourceCidrs[${index}] must be an IPv4 or IPv6 CIDR block such as "10.0.0.0/16", got ${JSON.stringify(value)}`,
    ),
  );
  for (const [name, list] of Object.entries({ hosts, paths, methods, sourceCidrs, ...headersByProp(headers) })) {
    validation.holds(
      list === undefined || list.length > 0,
      `${name} is empty, so no request would match: leave it out`,
    );
  }
  const values = [hosts, paths, methods, ...Object.values(headers), Object.keys(queryParameters), sourceCidrs];
  const count = values.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  validation.holds(
    count >= 1 && count <= MAX_CONDITION_VALUES,
    `a route must have 1 to ${MAX_CONDITION_VALUES} values over all its conditions, got ${count}` +
      (count > MAX_CONDITION_VALUES ? ': make a second route for the others' : ''),
  );
}

function headersByProp(headers: { [name: string]: string[] }): { [prop: string]: string[] } {
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [`headers["${name}"]`, values]));
}

function each(values: string[] | undefined, check: (value: string, index: number) => void): void {
  if (values !== undefined && !Token.isUnresolved(values)) values.forEach(check);
}
