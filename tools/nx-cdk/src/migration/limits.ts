import type { Template } from '../assembly/template';
import type { MigrationPlan } from './plan';

/** Quotas of CloudFormation: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const LIMITS = { bodyBytes: 51_200, uploadedBytes: 1_000_000, resources: 500, outputs: 200 };

/** A template as it is sent. */
export const bodyOf = (template: Template): string => JSON.stringify(template);

/** Whether a template is too large to be sent with the request, and must be in S3. */
export const mustBeUploaded = (template: Template): boolean => Buffer.byteLength(bodyOf(template)) > LIMITS.bodyBytes;

/**
 * Why CloudFormation would refuse the steps of a plan whatever is in them.
 *
 * @param bucket for templates that are too large to be sent; undefined where the app has none.
 */
export function limitProblems({ steps }: MigrationPlan, bucket: string | undefined): string[] {
  const templates = steps.flatMap((step) => {
    if (step.kind === 'refactor') return step.stacks.map(({ stackName, template }) => ({ stackName, template }));
    return 'template' in step ? [{ stackName: step.stackName, template: step.template }] : [];
  });
  const problems = templates.flatMap(({ stackName, template }) => {
    const resources = Object.keys(template.Resources ?? {}).length;
    const outputs = Object.keys(template.Outputs ?? {}).length;
    const bytes = Buffer.byteLength(bodyOf(template));
    return [
      ...(resources > LIMITS.resources
        ? [`${stackName} would have ${resources} resources, and a stack has at most ${LIMITS.resources}.`]
        : []),
      ...(outputs > LIMITS.outputs
        ? [`${stackName} would have ${outputs} outputs, and a stack has at most ${LIMITS.outputs}.`]
        : []),
      ...(bytes > LIMITS.uploadedBytes
        ? [`The template of ${stackName} would have ${bytes} bytes, and at most ${LIMITS.uploadedBytes} are allowed.`]
        : []),
      ...(bytes > LIMITS.bodyBytes && bucket === undefined
        ? [
            `The template of ${stackName} would have ${bytes} bytes: more than ${LIMITS.bodyBytes} have to be in S3, and the app has no bucket for assets. Bootstrap the environment with the CDK.`,
          ]
        : []),
    ];
  });
  return [...new Set(problems)];
}
