import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportFolder, type RunReport } from './report';

/**
 * How long each stack took when it last shipped, in milliseconds by stack name, as the environment's last report on this
 * machine tells; empty where there is none.
 */
export function readShippedMs(workspaceRoot: string, environment: string): Map<string, number> {
  try {
    const text = readFileSync(join(workspaceRoot, reportFolder(environment), 'report.json'), 'utf8');
    const { stacks } = JSON.parse(text) as Partial<RunReport>;
    return new Map(
      (stacks ?? []).flatMap(({ stackName, shippedMs }) => (shippedMs === undefined ? [] : [[stackName, shippedMs]])),
    );
  } catch {
    // No report, or one that somebody edited: nothing depends on it but an estimate.
    return new Map();
  }
}
