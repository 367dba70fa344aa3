import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isSsmValue, type Template } from '../assembly/template';
import { describeStack, type ScriptedStack, stackEvent } from './scripted-stack';
import { AwsError, listOf } from './wire';

/** How often a stack is described until an operation that was running when the script began ends. */
const DESCRIPTIONS_UNTIL_SETTLED = 2;

/** CloudFormation without resources: stacks, change sets, events, and the SSM parameters that templates publish. */
export class ScriptedCloudFormation {
  /** By name. */
  public readonly stacks = new Map<string, ScriptedStack>();
  /** Reason by logical id: creating or updating that resource fails. */
  public readonly failing = new Map<string, string>();
  private readonly changeSets = new Map<string, { id: string; stack: string; parameters: URLSearchParams }>();
  /** By id: a deleted stack can still be asked for by its id. */
  private readonly deleted = new Map<string, ScriptedStack>();
  private readonly described = new Map<string, number>();
  private sequence = 0;

  public constructor(
    private readonly ssm: Map<string, string>,
    private readonly templates: string,
  ) {}

  /** The name of a stack given by name or ARN. */
  public nameOf(stack: string | undefined): string | undefined {
    return stack?.startsWith('arn:') ? stack.split('/')[1] : stack;
  }

  /** Puts a stack in place as an earlier run left it. */
  public leave(name: string, status: string): void {
    const stack = this.stacks.get(name) ?? this.blank(name);
    stack.status = status;
    this.stacks.set(name, stack);
  }

  /** Answers one request. */
  public handle(action: string, parameters: URLSearchParams): unknown {
    const asked = parameters.get('StackName') ?? '';
    const name = this.nameOf(asked) ?? '';
    switch (action) {
      case 'DescribeStacks':
        return { Stacks: [this.describe(this.deleted.get(asked) ?? this.existing(name))] };
      case 'GetTemplate':
        return { TemplateBody: this.existing(name).body };
      case 'DescribeStackEvents':
        return { StackEvents: [...(this.deleted.get(asked) ?? this.existing(name)).events].reverse() };
      case 'DescribeStackResources':
        return { StackResources: this.existing(name).events.filter((event) => event['ResourceType'] !== 'Stack') };
      case 'CreateChangeSet':
        return this.createChangeSet(name, parameters);
      case 'DescribeChangeSet':
        return this.describeChangeSet(parameters.get('ChangeSetName') ?? '');
      case 'ExecuteChangeSet':
        return this.execute(parameters.get('ChangeSetName') ?? '');
      case 'CreateStack':
      case 'UpdateStack':
        return this.apply(name, parameters);
      case 'DeleteStack':
        return this.remove(this.existing(name));
      case 'UpdateTerminationProtection':
        this.existing(name).terminationProtection = parameters.get('EnableTerminationProtection') === 'true';
        return {};
      case 'DeleteChangeSet':
      case 'ListStackResources':
        return {};
      default:
        throw new AwsError(400, 'InvalidAction', `The script has no ${action}`);
    }
  }

  private existing(name: string): ScriptedStack {
    const stack = this.stacks.get(name);
    if (!stack) throw new AwsError(400, 'ValidationError', `Stack with id ${name} does not exist`);
    return stack;
  }

  private blank(name: string): ScriptedStack {
    const id = `arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/${++this.sequence}`;
    const empty = { body: '{}', parameters: {}, tags: {}, terminationProtection: false, events: [] };
    return { name, id, status: 'REVIEW_IN_PROGRESS', ...empty };
  }

  private describe(stack: ScriptedStack) {
    const times = (this.described.get(stack.name) ?? 0) + 1;
    this.described.set(stack.name, times);
    if (
      stack.status.endsWith('_IN_PROGRESS') &&
      stack.status !== 'REVIEW_IN_PROGRESS' &&
      times > DESCRIPTIONS_UNTIL_SETTLED
    ) {
      stack.status = stack.status.replace('_IN_PROGRESS', '_COMPLETE');
    }
    return describeStack(stack);
  }

  private createChangeSet(stack: string, parameters: URLSearchParams) {
    if (!this.stacks.has(stack)) this.stacks.set(stack, this.blank(stack));
    const id = `arn:aws:cloudformation:eu-west-1:123456789012:changeSet/${parameters.get('ChangeSetName')}/${++this.sequence}`;
    const known = { id, stack, parameters };
    this.changeSets.set(id, known).set(parameters.get('ChangeSetName') ?? '', known);
    return { Id: id, StackId: this.existing(stack).id };
  }

  private describeChangeSet(name: string) {
    const changeSet = this.changeSets.get(name);
    if (!changeSet) throw new AwsError(404, 'ChangeSetNotFound', `ChangeSet [${name}] does not exist`);
    const { id, stack, parameters } = changeSet;
    return {
      ChangeSetId: id,
      ChangeSetName: parameters.get('ChangeSetName'),
      StackName: stack,
      StackId: this.existing(stack).id,
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [
        { Type: 'Resource', ResourceChange: { Action: 'Modify', LogicalResourceId: 'Any', ResourceType: 'Any' } },
      ],
    };
  }

  private remove(stack: ScriptedStack) {
    stack.status = 'DELETE_COMPLETE';
    this.deleted.set(stack.id, stack);
    this.stacks.delete(stack.name);
    return {};
  }

  private execute(name: string) {
    const { stack, parameters } = this.changeSets.get(name)!;
    this.apply(stack, parameters);
    return {};
  }

  private apply(name: string, parameters: URLSearchParams) {
    const stack = this.stacks.get(name) ?? this.blank(name);
    this.stacks.set(name, stack);
    const verb = stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
    const file = basename(new URL(parameters.get('TemplateURL') ?? '').pathname);
    const body = readFileSync(join(this.templates, file), 'utf8');
    const template = JSON.parse(body) as Template;
    const resources = Object.entries(template.Resources ?? {});
    for (const [id, { Type }] of resources) {
      const reason = this.failing.get(id);
      const status = `${verb}_${reason === undefined ? 'COMPLETE' : 'FAILED'}`;
      stack.events.push(stackEvent(stack, id, Type, status, reason));
    }

    const failed = resources.some(([id]) => this.failing.has(id));
    if (failed) {
      stack.status = verb === 'CREATE' ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
    } else {
      stack.status = `${verb}_COMPLETE`;
      stack.body = body;
      stack.tags = Object.fromEntries(listOf(parameters, 'Tags').map(({ Key = '', Value = '' }) => [Key, Value]));
      stack.parameters = this.resolve(template, stack, listOf(parameters, 'Parameters'));
      for (const [, { Type, Properties }] of resources) {
        if (Type === 'AWS::SSM::Parameter')
          this.ssm.set(String(Properties?.['Name']), this.valueOf(stack, Properties?.['Value']));
      }
    }
    stack.events.push(stackEvent(stack, stack.name, 'AWS::CloudFormation::Stack', stack.status));
    return { StackId: stack.id };
  }

  private resolve(
    template: Template,
    stack: ScriptedStack,
    given: Record<string, string>[],
  ): ScriptedStack['parameters'] {
    return Object.fromEntries(
      Object.entries(template.Parameters ?? {}).map(([key, parameter]) => {
        const one = given.find(({ ParameterKey }) => ParameterKey === key);
        const previous = one?.['UsePreviousValue'] === 'true' ? stack.parameters[key]?.value : undefined;
        const value = one?.['ParameterValue'] ?? previous ?? String(parameter.Default ?? '');
        return [key, isSsmValue(parameter) ? { value, resolved: this.ssm.get(value) } : { value }];
      }),
    );
  }

  private valueOf(stack: ScriptedStack, value: unknown): string {
    if (typeof value === 'string') return value;
    const parameter = stack.parameters[(value as { Ref: string }).Ref];
    return parameter?.resolved ?? parameter?.value ?? '';
  }
}
