import { SCRIPTED_ACCOUNT, SCRIPTED_REGION } from './place';

/** A resource as the script keeps it, with references replaced by values. */
export interface ScriptedResource {
  readonly type: string;
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** An output of a stack. */
export interface ScriptedOutput {
  readonly value: string;
  readonly exportName?: string;
}

/** What an operation brings a stack to when it succeeds. */
export interface StackContent {
  body: string;
  /** `resolved`: the value of the SSM parameter that `value` names. */
  parameters: Record<string, { value: string; resolved?: string }>;
  tags: Record<string, string>;
  resources: Map<string, ScriptedResource>;
  outputs: Record<string, ScriptedOutput>;
}

/** A stack of the scripted CloudFormation. */
export interface ScriptedStack extends StackContent {
  readonly name: string;
  readonly id: string;
  status: string;
  statusReason?: string;
  terminationProtection: boolean;
  readonly createdAt: Date;
  /** When the last update began. */
  updatedAt?: Date;
  /** Oldest first. */
  events: Record<string, string>[];
  /** What the running operation has still to do. */
  operation?: Iterator<void>;
  /** How often it was asked for since the last step. */
  polls: number;
}

/** A stack that a first change set announces, or that is about to be created. */
export function blankStack(name: string, sequence: number): ScriptedStack {
  return {
    name,
    id: `arn:aws:cloudformation:${SCRIPTED_REGION}:${SCRIPTED_ACCOUNT}:stack/${name}/${sequence}`,
    status: 'REVIEW_IN_PROGRESS',
    terminationProtection: false,
    createdAt: new Date(),
    events: [],
    polls: 0,
    body: '{}',
    parameters: {},
    tags: {},
    resources: new Map(),
    outputs: {},
  };
}

/** A stack as DescribeStacks answers. */
export function describeStack(stack: ScriptedStack) {
  return {
    StackName: stack.name,
    StackId: stack.id,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    CreationTime: stack.createdAt.toISOString(),
    LastUpdatedTime: stack.updatedAt?.toISOString(),
    EnableTerminationProtection: stack.terminationProtection,
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, { value, resolved }]) => ({
      ParameterKey,
      ParameterValue: value,
      ResolvedValue: resolved,
    })),
    Outputs: Object.entries(stack.outputs).map(([OutputKey, { value, exportName }]) => ({
      OutputKey,
      OutputValue: value,
      ExportName: exportName,
    })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** A stack as ListStacks answers. */
export function summarizeStack({ name, id, status, createdAt, updatedAt }: ScriptedStack) {
  return {
    StackName: name,
    StackId: id,
    StackStatus: status,
    CreationTime: createdAt.toISOString(),
    LastUpdatedTime: updatedAt?.toISOString(),
  };
}

/** The resources of a stack in the state that their latest events say, as DescribeStackResources answers. */
export function describeResources(stack: ScriptedStack): Record<string, string | undefined>[] {
  const latest = new Map<string, Record<string, string>>();
  for (const event of stack.events) {
    if (event['ResourceType'] !== 'AWS::CloudFormation::Stack' || event['LogicalResourceId'] !== stack.name)
      latest.set(event['LogicalResourceId'] ?? '', event);
  }
  return [...latest].map(([id, event]) => ({
    ...event,
    PhysicalResourceId: stack.resources.get(id)?.physicalId ?? event['PhysicalResourceId'],
    LastUpdatedTimestamp: event['Timestamp'],
  }));
}

/** Records what happened to one of a stack's resources, or, where `id` is the stack's name, to itself. */
export function recordEvent(stack: ScriptedStack, id: string, type: string, status: string, reason?: string): void {
  const own = stack.resources.get(id)?.physicalId ?? `physical-${id}`;
  stack.events.push({
    StackId: stack.id,
    StackName: stack.name,
    EventId: `${stack.id}/${stack.events.length}`,
    LogicalResourceId: id,
    PhysicalResourceId: id === stack.name ? stack.id : own,
    ResourceType: type,
    ResourceStatus: status,
    Timestamp: new Date().toISOString(),
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
  });
}

/** Brings a stack into a state, with the event that says so. */
export function enter(stack: ScriptedStack, status: string, reason?: string): void {
  stack.status = status;
  stack.statusReason = reason;
  recordEvent(stack, stack.name, 'AWS::CloudFormation::Stack', status, reason);
}
