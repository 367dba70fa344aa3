import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { JwtClaimFormat, type JwtVerification } from './jwt-verification';

/** Adds what is wrong with a verification to `validation`; `prefix` is what its props' names start with. */
export function validateJwt(validation: PropsValidation, prefix: string, jwt: JwtVerification): void {
  const claims = jwt.claims ?? [];
  validation.matches(`${prefix}issuer`, '\\S{1,256}', '1 to 256 characters without blanks', jwt.issuer);
  validation.matches(`${prefix}jwksEndpoint`, 'https://\\S{1,248}', 'an HTTPS address', jwt.jwksEndpoint);
  validation.holds(claims.length <= 10, `${prefix}claims has ${claims.length} claims, the most is 10`);
  claims.forEach((claim, index) => {
    const prop = `${prefix}claims[${index}]`;
    validation.matches(
      `${prop}.name`,
      '(?!(iss|exp|nbf|iat)$)\\S{1,256}',
      'a claim that is not verified anyway, as iss, exp, nbf and iat are',
      claim.name,
    );
    if (Token.isUnresolved(claim.values)) return;
    const format = claim.format ?? JwtClaimFormat.SINGLE_STRING;
    const most = format === JwtClaimFormat.SINGLE_STRING ? 1 : 10;
    validation.holds(
      claim.values.length >= 1 && claim.values.length <= most,
      `${prop}.values must have ${most === 1 ? 'exactly 1 value' : '1 to 10 values'} for the format ${format}, ` +
        `got ${claim.values.length}`,
    );
    const blanks = format === JwtClaimFormat.SPACE_SEPARATED_VALUES ? '\\S' : '.';
    claim.values.forEach((value, place) =>
      validation.matches(
        `${prop}.values[${place}]`,
        `${blanks}{1,256}`,
        `1 to 256 characters${blanks === '.' ? '' : ' without blanks'}`,
        value,
      ),
    );
  });
}

/** The action that verifies a token before the next one is taken. */
export function verifyJwt(jwt: JwtVerification, next: elbv2.ListenerAction): elbv2.ListenerAction {
  return elbv2.ListenerAction.authenticateJwt({ issuer: jwt.issuer, jwksEndpoint: jwt.jwksEndpoint, next });
}

/** Adds the claims to the rule's first action, `verifyJwt`'s: the L2 action knows none. */
export function addClaims(rule: elbv2.ApplicationListenerRule, jwt: JwtVerification): void {
  if (!jwt.claims?.length) return;
  const resource = rule.node.defaultChild as elbv2.CfnListenerRule;
  resource.addPropertyOverride(
    'Actions.0.JwtValidationConfig.AdditionalClaims',
    jwt.claims.map(({ name, values, format }) => ({
      Name: name,
      Values: values,
      Format: format ?? JwtClaimFormat.SINGLE_STRING,
    })),
  );
}
