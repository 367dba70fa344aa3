/** The parts of a `nxCdk` section that say what stacks are called. */
export interface NamingConfig {
  readonly stackName: string;
  readonly environments: Readonly<Record<string, { readonly environment: string }>>;
}

/** What may be the name of a stack and its folder. */
export const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What CloudFormation takes as the name of a stack. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** What CloudFormation would not take as the name of a stack in some environment. */
export function refusedStackNames(stack: string, config: NamingConfig): string[] {
  if (!NAME.test(stack)) return [];
  return [...new Set(Object.values(config.environments).map(({ environment }) => environment))]
    .map((environment) => config.stackName.replaceAll('{environment}', environment).replaceAll('{stack}', stack))
    .filter((stackName) => !STACK_NAME.test(stackName))
    .map(
      (stackName) =>
        `CloudFormation does not take ${stackName} as the name of a stack: ` +
        'at most 128 letters, digits and dashes, the first one a letter.',
    );
}
