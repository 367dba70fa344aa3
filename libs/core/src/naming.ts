import { Token } from 'aws-cdk-lib';
import { DEFAULT_APPLICATION } from './default-application';
import { normalizeEnvironmentName } from './environment-name';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const CAMEL_CASE = /^[a-z][a-zA-Z0-9]*$/;

/** What the names are built from. */
export interface NamingProps {
  /**
   * First part of every name, in kebab case.
   *
   * @default 'v3-backend'
   */
  readonly application?: string;

  /** The environment as it appears in names, in kebab case, e.g. `development`. Aliases are not resolved here. */
  readonly environment: string;
}

/**
 * Names of stacks, resources and SSM parameters of one application in one environment.
 *
 * ```ts
 * import { Naming } from '@v3-backend/core';
 *
 * const naming = new Naming({ application: 'shop', environment: 'staging' });
 * naming.stackName('alb'); // shop-staging-alb
 * naming.resourceName('task-role'); // shop-staging-task-role
 * naming.ssmParameterName('alb', 'albArn'); // /shop/staging/alb/albArn
 * ```
 */
export class Naming {
  /** First part of every name. */
  public readonly application: string;
  /** Second part of every name. */
  public readonly environment: string;

  /** @throws when `application` or `environment` is not in kebab case. */
  constructor(props: NamingProps) {
    this.application = props.application ?? DEFAULT_APPLICATION;
    this.environment = props.environment;
    assertAll([
      check('application', this.application, KEBAB_CASE, 'kebab case, e.g. "v3-backend"'),
      check('environment', this.environment, KEBAB_CASE, 'kebab case, e.g. "development"'),
    ]);
  }

  /**
   * `{application}-{environment}-{stack}`
   *
   * @throws when `stack` is not in kebab case.
   */
  public stackName(stack: string): string {
    assertAll([check('stack', stack, KEBAB_CASE, 'kebab case, e.g. "app-shared"')]);
    return `${this.application}-${this.environment}-${stack}`;
  }

  /**
   * `{application}-{environment}-{name}`
   *
   * @throws when `name` is not in kebab case.
   */
  public resourceName(name: string): string {
    assertAll([check('name', name, KEBAB_CASE, 'kebab case, e.g. "api-task"')]);
    return `${this.application}-${this.environment}-${name}`;
  }

  /**
   * `/{application}/{environment}/{stack}/{key}`
   *
   * @throws when `stack` is not in kebab case or `key` is not in camel case.
   */
  public ssmParameterName(stack: string, key: string): string {
    assertAll([
      check('stack', stack, KEBAB_CASE, 'kebab case, e.g. "app-shared"'),
      check('key', key, CAMEL_CASE, 'camel case, e.g. "albArn"'),
    ]);
    return `/${this.application}/${this.environment}/${stack}/${key}`;
  }
}

/**
 * The CloudFormation name of a stack: `v3-backend-{environment}-{stack}`.
 *
 * @throws when the environment is unknown or the stack's name is not in kebab case.
 */
export function generateStackName(stack: string, environment: string): string {
  return namingFor(environment).stackName(stack);
}

/**
 * The physical name of a resource: `v3-backend-{environment}-{name}`.
 *
 * @throws when the environment is unknown or the name is not in kebab case.
 */
export function generateResourceName(name: string, environment: string): string {
  return namingFor(environment).resourceName(name);
}

/**
 * The name of a published value: `/v3-backend/{environment}/{stack}/{key}`.
 *
 * @throws when the environment is unknown, the stack's name is not in kebab case or the key not in camel case.
 */
export function getSsmParameterName(stack: string, key: string, environment: string): string {
  return namingFor(environment).ssmParameterName(stack, key);
}

function namingFor(environment: string): Naming {
  return new Naming({ environment: normalizeEnvironmentName(environment) });
}

function check(what: string, value: string, pattern: RegExp, allowed: string): string | undefined {
  if (Token.isUnresolved(value)) return `${what} must be known at synthesis, but is a token`;
  return pattern.test(value) ? undefined : `${what} must be in ${allowed}, got ${JSON.stringify(value)}`;
}

function assertAll(problems: (string | undefined)[]): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new Error(`Invalid name: ${found.join('; ')}.`);
}
