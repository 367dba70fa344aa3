import type { MigrationStep } from '../../migration/plan';
import type { DeployedLayout } from '../../migration/layout';
import { parseTemplate } from '../../migration/parse-template';
import { ScriptedCloudFormation } from '../scripted/scripted-cloudformation';
import type { ScriptedStack } from '../scripted/scripted-stack';

/** A request as the SDK writes it. */
export function requestOf(value: object): URLSearchParams {
  const request = new URLSearchParams();
  const write = (prefix: string, one: unknown): void => {
    if (Array.isArray(one)) one.forEach((item, index) => write(`${prefix}.member.${index + 1}`, item));
    else if (typeof one === 'object' && one !== null) {
      for (const [key, child] of Object.entries(one)) write(prefix === '' ? key : `${prefix}.${key}`, child);
    } else request.set(prefix, String(one));
  };
  write('', value);
  return request;
}

/** Where resources are, by physical id and type, as `stack/logicalId`. */
export function placesOf({ stacks }: ScriptedCloudFormation): Map<string, string> {
  return new Map(
    [...stacks.values()].flatMap((stack) =>
      [...stack.resources].map(
        ([id, { physicalId, type }]) => [`${type} ${physicalId}`, `${stack.name}/${id}`] as const,
      ),
    ),
  );
}

/** A stack of the scripted CloudFormation as a migration reads it. */
export function layoutOf({ name, body, parameters, resources, outputs }: ScriptedStack): DeployedLayout {
  return {
    stackName: name,
    template: parseTemplate(body),
    parameters,
    physicalIds: new Map([...resources].map(([id, { physicalId }]) => [id, physicalId])),
    outputs: Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value])),
  };
}

/**
 * Carries out the steps of a plan up to the deploy.
 *
 * @throws what CloudFormation says against one of them.
 */
export function carryOut(cloudFormation: ScriptedCloudFormation, steps: readonly MigrationStep[]): void {
  for (const step of steps) {
    if (step.kind === 'prepare') {
      const body = JSON.stringify(step.template);
      const Parameters = Object.keys(step.template.Parameters ?? {}).map((ParameterKey) => ({
        ParameterKey,
        UsePreviousValue: true,
      }));
      cloudFormation.handle('UpdateStack', requestOf({ StackName: step.stackName, TemplateBody: body, Parameters }));
      const { status, statusReason } = cloudFormation.stacks.get(step.stackName)!;
      if (status !== 'UPDATE_COMPLETE') throw new Error(`${step.stackName}: ${status} ${statusReason}`);
    } else if (step.kind === 'refactor') {
      refactor(cloudFormation, {
        EnableStackCreation: step.stacks.some(({ isNew }) => isNew),
        ResourceMappings: step.moves.map(({ from, to }) => ({ Source: resource(from), Destination: resource(to) })),
        StackDefinitions: step.stacks.map(({ stackName, template }) => ({
          StackName: stackName,
          TemplateBody: JSON.stringify(template),
        })),
      });
    }
  }
}

/** Creates and executes a refactor. */
export function refactor(cloudFormation: ScriptedCloudFormation, input: object): void {
  const { StackRefactorId } = cloudFormation.handle('CreateStackRefactor', requestOf(input)) as {
    StackRefactorId: string;
  };
  const describe = () =>
    cloudFormation.handle('DescribeStackRefactor', requestOf({ StackRefactorId })) as Record<
      string,
      string | undefined
    >;
  if (describe()['Status'] !== 'CREATE_COMPLETE') throw new Error(describe()['StatusReason']);
  cloudFormation.handle('ExecuteStackRefactor', requestOf({ StackRefactorId }));
  if (describe()['ExecutionStatus'] !== 'EXECUTE_COMPLETE') throw new Error(describe()['ExecutionStatusReason']);
}

function resource(key: string) {
  const [StackName = '', LogicalResourceId = ''] = key.split('/');
  return { StackName, LogicalResourceId };
}
