/**
 * A pattern and what takes the place of what it matches.
 *
 * Elastic Load Balancing knows no lookaround, backreferences or possessive quantifiers in patterns.
 */
export interface Rewrite {
  /** A regular expression of at most 1024 characters, e.g. `^/api/v1/(.*)$`. */
  readonly regex: string;
  /** What replaces the match, at most 1024 characters; `$1` is the first group, e.g. `/$1`. */
  readonly replace: string;
}

/**
 * What a rule changes about a request before a target gets it. Rules are chosen by the request as the client sent it; a
 * request that a pattern does not match is left as it is.
 */
export interface RequestRewrite {
  /**
   * Rewrites path and query.
   *
   * @default - path and query stay as they are
   */
  readonly url?: Rewrite;

  /**
   * Rewrites the `Host` header.
   *
   * @default - the header stays as it is
   */
  readonly host?: Rewrite;
}
