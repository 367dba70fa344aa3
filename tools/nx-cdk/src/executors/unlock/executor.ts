import type { ExecutorContext } from '@nx/devkit';
import { useEndpoint } from '../../engine/endpoint';
import { unlock as lift } from '../../engine/unlock';
import { AwsLiveState } from '../../live-state/aws-live-state';
import { explainError } from '../../live-state/explain-error';
import { parseNoOptions } from '../../options/options';
import { SsmRecordStore } from '../../records/ssm-record-store';
import { plainRenderer } from '../../terminal/plain';
import { givenOptions, readTarget, type TargetOptions, wordsOf } from '../target';

/** Lifts the lock of an environment. */
export default async function unlock(options: TargetOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const { app, environment, endpoint } = readTarget(options, context);
    const request = {
      workspaceRoot: context.root,
      app,
      environment,
      options: {},
      optionProblems: parseNoOptions(givenOptions(options, wordsOf(options), {})),
      command: `nx run ${app.project}:unlock --configuration=${context.configurationName}`,
    };
    const done = await lift(request, {
      connect: async () => {
        if (endpoint !== undefined) await useEndpoint(endpoint, context.root, say);
      },
      liveState: new AwsLiveState(),
      records: new SsmRecordStore(),
      listener: plainRenderer(say, { verbose: false }),
    });
    say(done);
    return { success: true };
  } catch (error) {
    process.stderr.write(`${explainError(error)}\n`);
    return { success: false };
  }
}
