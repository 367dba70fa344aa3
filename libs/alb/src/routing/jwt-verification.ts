/** How a claim holds its values. */
export enum JwtClaimFormat {
  /** One text, as in `aud`. */
  SINGLE_STRING = 'single-string',
  /** Words separated by blanks, as in `scope`. */
  SPACE_SEPARATED_VALUES = 'space-separated-values',
  /** An array of texts, as in `roles`. */
  STRING_ARRAY = 'string-array',
}

/** A claim that a token must have. */
export interface JwtClaim {
  /** Name of the claim, e.g. `aud`; not `iss`, `exp`, `nbf` or `iat`, which are verified anyway. */
  readonly name: string;
  /** The values that are accepted, 1 to 10 of at most 256 characters; exactly 1 for a single string. */
  readonly values: string[];
  /**
   * How the claim holds its values.
   *
   * @default JwtClaimFormat.SINGLE_STRING
   */
  readonly format?: JwtClaimFormat;
}

/**
 * A bearer token (JWT, signed with RS256) that the load balancer verifies before a target sees the request: signature,
 * issuer, expiry and the claims given here. Other requests get a 401. Needs an HTTPS listener.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export interface JwtVerification {
  /** Issuer that the token must name, e.g. `https://issuer.example.com`. */
  readonly issuer: string;
  /** Public HTTPS address of the issuer's keys; at most 10 keys in 150 KB. */
  readonly jwksEndpoint: string;
  /**
   * Claims the token must have, at most 10. Without one for the audience, a token that the issuer made for another
   * application is accepted, too.
   *
   * @default - none
   */
  readonly claims?: JwtClaim[];
}
