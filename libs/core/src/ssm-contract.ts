import { Fn, Lazy, Token } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { Naming } from './naming';

/** Largest value of a standard-tier parameter, in bytes; also the limit of what a contract publishes. */
const MAX_VALUE_BYTES = 4096;

/** Which stack's values a contract addresses. */
export interface SsmContractProps {
  /**
   * First segment of every parameter's path.
   *
   * @default 'v3-backend'
   */
  readonly application?: string;

  /** Second segment: the environment, e.g. `development`. */
  readonly environment: string;

  /** Third segment: the stack that publishes the values, e.g. `alb`. */
  readonly stack: string;
}

/**
 * The values that one stack publishes for others in SSM, as `/{application}/{environment}/{stack}/{key}`.
 *
 * The publishing stack calls `publish`, a reading stack calls `read` or `readList` with the same contract. Reading makes
 * a CloudFormation parameter of type `AWS::SSM::Parameter::Value<String>`, so the value is resolved when the stack is
 * deployed, and the published parameter must exist by then. Nothing ties the two stacks together in CloudFormation:
 * neither an export nor an import.
 */
export class SsmContract {
  /** The stack that publishes the values. */
  public readonly stack: string;
  /** What all parameter names start with, without a trailing slash: `/{application}/{environment}/{stack}`. */
  public readonly path: string;
  private readonly naming: Naming;

  /** @throws when a segment is not in kebab case. */
  constructor(props: SsmContractProps) {
    this.naming = new Naming({ application: props.application, environment: props.environment });
    this.stack = props.stack;
    this.path = this.naming.ssmParameterName(props.stack, 'key').replace(/\/key$/, '');
  }

  /**
   * The full name of one published value.
   *
   * @throws when the key is not in camel case.
   */
  public parameterName(key: string): string {
    return this.naming.ssmParameterName(this.stack, key);
  }

  /**
   * Publishes values, one String parameter each, as children of a construct named `Contract` below `scope`.
   *
   * Lists are published as one value joined by commas; see `readList`.
   *
   * @param scope the stack, or a construct in it; a scope publishes one contract at most.
   * @param values value by key, keys in camel case. Keys are the public API of the publishing stack: never rename one.
   * @throws when a key is not in camel case, or a value is empty or longer than 4096 bytes; all problems in one error.
   */
  public publish(scope: Construct, values: { [key: string]: string }): void {
    const names = new Map(Object.keys(values).map((key) => [key, this.parameterName(key)]));
    const problems = Object.entries(values).flatMap(([key, value]) => valueProblems(key, value));
    if (problems.length > 0) {
      throw new Error(`Cannot publish to ${this.path}: ${problems.join('; ')}.`);
    }
    const parent = new Construct(scope, 'Contract');
    for (const [key, parameterName] of names) {
      new ssm.StringParameter(parent, key.charAt(0).toUpperCase() + key.slice(1), {
        parameterName,
        stringValue: values[key]!,
        description: `Published by the ${this.stack} stack`,
      });
    }
  }

  /**
   * A published value, as a token that CloudFormation resolves when the stack of `scope` is deployed.
   *
   * The stack gets its CloudFormation parameter when a template first uses the value, and one for each key, however often
   * it is read. A value that nothing uses leaves no parameter behind: it could change without any effect on the stack, and
   * yet would have to be resolved in each of its deployments.
   *
   * @throws when the key is not in camel case.
   */
  public read(scope: Construct, key: string): string {
    const parameterName = this.parameterName(key);
    return Lazy.string({ produce: () => ssm.StringParameter.valueForStringParameter(scope, parameterName) });
  }

  /**
   * A published list, each element a token.
   *
   * @param scope the stack that reads, or a construct in it.
   * @param key the key of the list.
   * @param count how many elements the list has: CloudFormation cannot tell at synthesis, so publisher and reader agree
   * on it through configuration (e.g. the number of availability zones).
   * @throws when `count` is not a positive whole number.
   */
  public readList(scope: Construct, key: string, count: number): string[] {
    if (!Number.isInteger(count) || count < 1) {
      throw new Error(
        `Cannot read ${this.parameterName(key)}: count must be a whole number of 1 or more, got ${count}.`,
      );
    }
    const value = this.read(scope, key);
    return Array.from({ length: count }, (_, index) => Fn.select(index, Fn.split(',', value)));
  }
}

function valueProblems(key: string, value: string): string[] {
  if (Token.isUnresolved(value)) return [];
  if (typeof value !== 'string' || value === '') return [`the value of ${key} is empty, which SSM does not accept`];
  const bytes = Buffer.byteLength(value);
  return bytes > MAX_VALUE_BYTES ? [`the value of ${key} has ${bytes} bytes, the most is ${MAX_VALUE_BYTES}`] : [];
}
