import type { RunReport, StackReport } from '../report/report';

const START = Date.parse('2026-03-01T10:00:00Z');

/** One stack of a made-up report. */
export function stackReport(name: string, details: Partial<StackReport> = {}): StackReport {
  return {
    project: `${name}-stack`,
    stackName: `shop-dev-${name}`,
    phase: null,
    result: 'unchanged',
    reason: 'it equals what is deployed',
    dependsOn: [],
    durationMs: 0,
    ...details,
  };
}

/** A made-up report of a run of two minutes. */
export function runReport(stacks: readonly StackReport[], details: Partial<RunReport> = {}): RunReport {
  return {
    environment: 'dev',
    account: '123456789012',
    region: 'eu-west-1',
    commit: '0123456789abcdef0123456789abcdef01234567',
    command: 'nx run shop:deploy --configuration=dev',
    startedAt: new Date(START).toISOString(),
    finishedAt: new Date(START + 125_000).toISOString(),
    ok: true,
    dryRun: false,
    problems: [],
    notices: [],
    stacks,
    ...details,
  };
}

/** A point in time of a made-up run. */
export const secondsAfterStart = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

/** A run in which one of four stacks failed. */
export const FAILED_RUN = runReport(
  [
    stackReport('network', { phase: '1' }),
    stackReport('queues', {
      phase: '1',
      result: 'updated',
      reason: '2 resources changed: Jobs, Old',
      startedAt: secondsAfterStart(5),
      durationMs: 20_000,
      resources: 2,
      changes: [
        { logicalId: 'Jobs4711', type: 'AWS::SQS::Queue', path: 'queues/Jobs/Resource', change: 'replace' },
        { logicalId: 'Old4711', type: 'AWS::SQS::Queue', change: 'remove' },
      ],
    }),
    stackReport('api', {
      phase: '2',
      result: 'failed',
      reason: 'it could not be deployed',
      error: 'api/Service (AWS::ECS::Service): <no> such role\nmade at libs/api/service.ts:7',
      startedAt: secondsAfterStart(25),
      durationMs: 61_000,
      dependsOn: ['shop-dev-network', 'shop-dev-queues'],
    }),
    stackReport('alarms', {
      phase: '2',
      result: 'blocked',
      reason: 'it needs api',
      dependsOn: ['shop-dev-network', 'shop-dev-api'],
    }),
  ],
  { ok: false, notices: ['Tell the partner the new queue.'] },
);
