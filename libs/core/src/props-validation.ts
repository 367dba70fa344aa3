import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Collects what is wrong with a construct's props and reports all of it in one error, at the end.
 *
 * A value that is a token is unknown at synthesis and never a problem.
 */
export class PropsValidation {
  private readonly problems: string[] = [];

  /** @param scope the construct whose props are checked; its path is part of the error. */
  constructor(private readonly scope: Construct) {}

  /**
   * A number is within bounds and, unless told otherwise, whole.
   *
   * @param prop the prop's name, as its user wrote it.
   * @param min the smallest allowed value.
   * @param max the largest allowed value.
   * @param value what was given; nothing is checked when it is undefined.
   */
  public inRange(prop: string, min: number, max: number, value?: number): void {
    if (value === undefined || Token.isUnresolved(value)) return;
    if (!Number.isInteger(value) || value < min || value > max) {
      this.problems.push(`${prop} must be a whole number from ${min} to ${max}, got ${value}`);
    }
  }

  /**
   * A string has a form.
   *
   * @param prop the prop's name, as its user wrote it.
   * @param regex a regular expression that the whole value must match.
   * @param allowed what the form is, in words, e.g. `a CIDR block such as "10.0.0.0/16"`.
   * @param value what was given; nothing is checked when it is undefined.
   */
  public matches(prop: string, regex: string, allowed: string, value?: string): void {
    if (value === undefined || Token.isUnresolved(value)) return;
    if (!new RegExp(`^(?:${regex})$`).test(value)) {
      this.problems.push(`${prop} must be ${allowed}, got ${JSON.stringify(value)}`);
    }
  }

  /**
   * A condition between props holds.
   *
   * @param condition whether it does.
   * @param problem what is wrong, with the values, and what to do.
   */
  public holds(condition: boolean, problem: string): void {
    if (!condition) this.problems.push(problem);
  }

  /**
   * Ends the checks.
   *
   * @throws when anything was found, with the construct's path and every problem.
   */
  public throwIfInvalid(): void {
    if (this.problems.length === 0) return;
    throw new Error(`Invalid props of ${this.scope.node.path}:\n${this.problems.map((p) => `  - ${p}`).join('\n')}`);
  }
}
