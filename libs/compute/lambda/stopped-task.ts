import type { Task } from '@aws-sdk/client-ecs';
import type { RunProperties } from './request';

/**
 * Why a stopped task is no successful migration; undefined if it is one.
 *
 * An exit code of 0 alone does not do: a container that ends in good order on SIGTERM has not migrated anything.
 */
export function failureOf(task: Task, properties: RunProperties): string | undefined {
  const container = task.containers?.find(({ name }) => name === properties.Container);
  const exitCode = container?.exitCode;
  if (exitCode === 0 && task.stopCode === 'EssentialContainerExited') return undefined;

  const reasons = [task.stopCode, task.stoppedReason, container?.reason].filter(Boolean).join('; ');
  const because = reasons ? ` (${reasons})` : '';
  return exitCode === undefined
    ? `The migration’s container did not start${because}. Task ${task.taskArn}.`
    : `The migration ended with exit code ${exitCode}${because}. ${logsOf(task.taskArn, properties)}`;
}

/** Where the output of a task is. */
export function logsOf(taskArn: string | undefined, { Container, LogGroup }: RunProperties): string {
  const id = taskArn?.split('/').at(-1);
  return `Its output is in log group ${LogGroup}, stream ${Container}/${Container}/${id}. Task ${taskArn}.`;
}
