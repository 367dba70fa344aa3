import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import type { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { RequestRewrite } from './request-rewrite';

const MAX_LENGTH = 1024;
/** Lookaround, atomic groups, possessive quantifiers, backreferences, Unicode classes. */
const UNSUPPORTED = /\(\?[=!<>]|(?<!\\)[*+?}]\+|\\[1-9]|\\[pP]\{/;

/** Adds what is wrong with a rewrite to `validation`. */
export function validateRewrite(validation: PropsValidation, rewrite: RequestRewrite): void {
  validation.holds(
    rewrite.url !== undefined || rewrite.host !== undefined,
    'rewrite is empty: give rewrite.url, rewrite.host or both',
  );
  for (const part of ['url', 'host'] as const) {
    const { regex, replace } = rewrite[part] ?? {};
    validation.holds(
      regex === undefined || Token.isUnresolved(regex) || isSupported(regex),
      `rewrite.${part}.regex must be a regular expression of 1 to ${MAX_LENGTH} characters without lookaround, ` +
        `backreferences, atomic groups and possessive quantifiers, got ${JSON.stringify(regex)}`,
    );
    validation.matches(`rewrite.${part}.replace`, `.{0,${MAX_LENGTH}}`, `at most ${MAX_LENGTH} characters`, replace);
  }
}

/** The rewrite as CloudFormation has it; the L2 rule has no option for it. */
export function renderRewrite({ url, host }: RequestRewrite): CfnListenerRule.TransformProperty[] {
  return [
    ...(host ? [{ type: 'host-header-rewrite', hostHeaderRewriteConfig: { rewrites: [host] } }] : []),
    ...(url ? [{ type: 'url-rewrite', urlRewriteConfig: { rewrites: [url] } }] : []),
  ];
}

function isSupported(regex: string): boolean {
  if (regex.length < 1 || regex.length > MAX_LENGTH || UNSUPPORTED.test(regex)) return false;
  try {
    return Boolean(new RegExp(regex));
  } catch {
    return false;
  }
}
