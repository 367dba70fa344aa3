import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { VALIDATION_REPORT_FILE } from 'aws-cdk-lib/cx-api';
import type { IConstruct } from 'constructs';
import { AwsSolutions, type Finding } from './aws-solutions';

/** What must be mended, or acknowledged where the resource is composed. */
export interface Problem {
  /** E.g. `AwsSolutions-EC23` or `CloudFormation Validate E3511`. */
  readonly rule: string;
  readonly description: string;
  /** Path of the resource in the construct tree. */
  readonly construct: string;
}

/** What was acknowledged at a construct, for everything in it. */
export interface Acknowledgement {
  /** E.g. `AwsSolutions-EC23` or `CloudFormation-Validate::W3010`. */
  readonly rule: string;
  readonly reason: string;
  /** Path of the construct. */
  readonly construct: string;
  /** How many findings that explains. */
  readonly findings: number;
}

export interface Outcome {
  readonly problems: Problem[];
  readonly acknowledgements: Acknowledgement[];
}

interface Report {
  readonly pluginReports: PluginReport[];
}

interface PluginReport {
  readonly pluginName: string;
  readonly violations: Violation[];
  readonly suppressedViolations?: (Violation & { readonly acknowledgedId: string })[];
  /** Why the rules could not be checked, as `error`. */
  readonly metadata?: { readonly error?: string };
}

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly violatingConstructs: { readonly constructPath?: string }[];
}

/** Starting the engine takes seconds, so there is one for all apps of a process. */
let cloudFormationRules: CloudFormationValidatePlugin | undefined;

/**
 * Synthesizes an app and validates its templates, with CloudFormation's rules and cdk-nag's AwsSolutions pack. Warnings
 * count as problems.
 *
 * @param app one that has the context `@aws-cdk/core:failSynthOnValidationErrors: false`.
 */
export function validateApp(app: App): Outcome {
  const checks = new AwsSolutions(app);
  // By itself aws-cdk-lib registers its rules only where the environment variable CDK_VALIDATION is not false.
  cloudFormationRules ??= new CloudFormationValidatePlugin();
  Validations.of(app).addPlugins(cloudFormationRules, checks);
  const { directory } = app.synth();
  const { pluginReports }: Report = JSON.parse(readFileSync(join(directory, VALIDATION_REPORT_FILE), 'utf8'));

  const acknowledged = acknowledgementsIn(app);
  const suppressed = pluginReports.flatMap(({ suppressedViolations = [] }) => suppressedViolations);
  const explained = [...checks.findings, ...suppressed.flatMap(findingsOf)];
  return {
    problems: [
      ...pluginReports.flatMap(problemsOf),
      ...suppressed.flatMap((violation) => acknowledgedElsewhere(violation, acknowledged)),
    ],
    acknowledgements: acknowledged.map((acknowledgement) => ({
      ...acknowledgement,
      findings: explained.filter((finding) => explains(acknowledgement, finding)).length,
    })),
  };
}

function acknowledgementsIn(app: App): Omit<Acknowledgement, 'findings'>[] {
  return app.node.findAll().flatMap(({ node }: IConstruct) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ rule: id.replace(/^Annotation::/, ''), reason, construct: node.path })),
  );
}

function explains({ rule, construct }: Omit<Acknowledgement, 'findings'>, finding: Finding): boolean {
  return rule === finding.id && `${finding.construct}/`.startsWith(construct && `${construct}/`);
}

function findingsOf({ acknowledgedId, violatingConstructs }: Violation & { acknowledgedId: string }): Finding[] {
  const id = acknowledgedId.replace(/^Annotation::/, '');
  return violatingConstructs.map(({ constructPath = '' }) => ({ id, construct: constructPath }));
}

function problemsOf({ pluginName, violations, metadata }: PluginReport): Problem[] {
  const failure = metadata?.error && { rule: pluginName, description: metadata.error, construct: 'every stack' };
  const found = violations.flatMap(({ ruleName, description, violatingConstructs }) => {
    const rule = pluginName === CloudFormationValidatePlugin.PLUGIN_NAME ? `${pluginName} ${ruleName}` : ruleName;
    return violatingConstructs.map(({ constructPath = '' }) => ({ rule, description, construct: constructPath }));
  });
  return failure ? [failure, ...found] : found;
}

/** aws-cdk-lib takes an acknowledgement of a CloudFormation rule, wherever it is, as one for the whole app. */
function acknowledgedElsewhere(
  violation: Violation & { acknowledgedId: string },
  acknowledged: Omit<Acknowledgement, 'findings'>[],
): Problem[] {
  return findingsOf(violation)
    .filter((finding) => !acknowledged.some((acknowledgement) => explains(acknowledgement, finding)))
    .map(({ id, construct }) => ({ rule: id, description: violation.description, construct }));
}
