/** A stack of the scripted CloudFormation. */
export interface ScriptedStack {
  name: string;
  id: string;
  status: string;
  body: string;
  parameters: Record<string, { value: string; resolved?: string }>;
  tags: Record<string, string>;
  terminationProtection: boolean;
  events: Record<string, string>[];
}

/** A stack as DescribeStacks answers. */
export function describeStack(stack: ScriptedStack) {
  return {
    StackName: stack.name,
    StackId: stack.id,
    StackStatus: stack.status,
    CreationTime: new Date(0).toISOString(),
    EnableTerminationProtection: stack.terminationProtection,
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, { value, resolved }]) => ({
      ParameterKey,
      ParameterValue: value,
      ResolvedValue: resolved,
    })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** An event of a stack, or of one of its resources, as DescribeStackEvents answers. */
export function stackEvent(stack: ScriptedStack, id: string, type: string, status: string, reason?: string) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: `${stack.id}/${stack.events.length}`,
    LogicalResourceId: id,
    PhysicalResourceId: id === stack.name ? stack.id : `physical-${id}`,
    ResourceType: type,
    ResourceStatus: status,
    Timestamp: new Date().toISOString(),
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
  };
}
