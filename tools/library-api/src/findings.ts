import { type Exceptions, exceptionOf } from './exceptions';

/** What a tool found in a library's API. */
export interface Finding {
  /** By which an exception names it. */
  readonly key: string;
  /** What is wrong, and with what. */
  readonly message: string;
}

/** What is left to do about findings. */
export interface Verdict {
  /** Those without an exception. */
  readonly findings: readonly Finding[];
  /** Exceptions that no finding falls under, so that they would hide the next one. */
  readonly unused: readonly string[];
}

/** Holds findings against the exceptions. */
export function judge(findings: readonly Finding[], exceptions: Exceptions): Verdict {
  const used = new Set(findings.map(({ key }) => exceptionOf(key, exceptions)));
  return {
    findings: findings.filter(({ key }) => exceptionOf(key, exceptions) === undefined),
    unused: exceptions.keys.filter((key) => !used.has(key)),
  };
}
