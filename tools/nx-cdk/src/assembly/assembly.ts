import type { Template } from './template';

/** One stack of a synthesized app. */
export interface AssembledStack {
  /** Identifies the stack within the assembly. */
  readonly id: string;
  /** The stack's construct path; what the CDK toolkit selects it by. */
  readonly hierarchicalId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
  /** Absolute path of the synthesized template. */
  readonly templateFile: string;
  /** Where the template is uploaded to, as the manifest says; the file's name is its hash. */
  readonly templateUrl?: string;
  /** `template` is not the one that the assembly has. */
  readonly isVariant?: true;
  /** Absolute path of what the CDK recorded of the stack's constructs; undefined where it is in no file of its own. */
  readonly metadataFile?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Topics CloudFormation notifies; undefined where the app does not manage them. */
  readonly notificationArns?: readonly string[];
  /** Ids of the stacks that come before it. */
  readonly dependencies: readonly string[];
  /** Role for reading the deployed state, where the bootstrap has one. */
  readonly lookupRoleArn?: string;
  /** Role for changing the stack, where the bootstrap has one. */
  readonly deployRoleArn?: string;
  /** The bootstrap stack's version that the stack needs, and the SSM parameter that tells the deployed one. */
  readonly bootstrap?: { readonly version: number; readonly parameter: string };
}

/** A synthesized app. */
export interface Assembly {
  /** Absolute path. */
  readonly directory: string;
  readonly stacks: readonly AssembledStack[];
  /** Lookups the app still waits for, as people name them. */
  readonly missing: readonly string[];
  /** Stacks without an explicit account and region, by construct path. */
  readonly withoutEnvironment: readonly string[];
}

/**
 * Why an assembly must not be shipped; empty when it may.
 *
 * A stack without explicit account and region would ship to whatever account the credentials are for, and an assembly
 * that waits for lookups has stand-ins in its templates.
 */
export function assemblyProblems(assembly: Assembly): string[] {
  return [
    ...assembly.withoutEnvironment.map(
      (stack) => `Stack ${stack} has no explicit account and region. Give it env: { account, region }.`,
    ),
    ...(assembly.missing.length === 0
      ? []
      : [
          `The app looks up values that its context does not have: ${assembly.missing.join(', ')}. ` +
            'State them in the configuration, or add them to cdk.context.json.',
        ]),
    ...(assembly.stacks.length + assembly.withoutEnvironment.length === 0 ? ['The app has no stacks.'] : []),
  ];
}
