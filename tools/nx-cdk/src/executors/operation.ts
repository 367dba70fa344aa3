import type { ExecutorContext } from '@nx/devkit';
import { targetName } from '../config/app-model';
import { type Endpoint, useEndpoint } from '../engine/endpoint';
import { Refusal } from '../engine/refusal';
import type { RunParts, RunRequest } from '../engine/request';
import { ClientCache } from '../live-state/aws-clients';
import { AwsLiveState } from '../live-state/aws-live-state';
import { explainError } from '../live-state/explain-error';
import { Pace } from '../live-state/pace';
import type { OptionKind } from '../options/command-line';
import type { Parsed } from '../options/options';
import { SsmRecordStore } from '../records/ssm-record-store';
import { plainRenderer } from '../terminal/plain';
import { givenOptions, readTarget, type Target, type TargetOptions, wordsOf } from './target';

/** How an operation reaches the outside world. */
export interface OperationParts extends Pick<RunParts, 'connect' | 'liveState' | 'records' | 'listener' | 'pace'> {
  /** Clients for what the live state does not read. */
  readonly clients: ClientCache;
  /** Prints a line of the result to standard output. What happens on the way goes to standard error. */
  readonly say: (line: string) => void;
  /** What was started for the environment; undefined before `connect`, and where the environment is in AWS. */
  readonly endpoint: () => Endpoint | undefined;
}

/** A command on one environment that ships nothing: no batch, no report of a run, no lock unless it takes one itself. */
export interface Operation<Options> {
  /** Name of the target. */
  readonly name: string;
  /** What each of its options takes. */
  readonly kinds: Readonly<Record<string, OptionKind>>;
  readonly parse: (given: Readonly<Record<string, unknown>>) => Parsed<Options>;
  /**
   * Does the work. It has to refuse on `request.optionProblems`, as `prepare` does, together with what else it finds wrong.
   *
   * @returns whether the target succeeded; what is wrong has been said then.
   * @throws what makes it fail; it is explained.
   */
  readonly run: (request: RunRequest<Options>, parts: OperationParts) => Promise<boolean>;
}

/** How often AWS is asked again where an operation waits for something, in milliseconds. */
const POLL_MS = 2000;

/** What Nx runs for an operation. */
export function executorOf<Options>(
  operation: Operation<Options>,
): (options: TargetOptions, context: ExecutorContext) => Promise<{ success: boolean }> {
  return async (target, context) => {
    const write = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);
    const complain = write(process.stderr);
    try {
      const words = wordsOf(target);
      const { options, problems } = operation.parse(givenOptions(target, words, operation.kinds));
      const { app, environment, endpoint: module } = targetOf(target, context, problems);
      const listener = plainRenderer(complain, { verbose: false });
      const pace = new Pace(POLL_MS, listener);
      let endpoint: Endpoint | undefined;
      const project = context.projectName ?? app.project;
      const success = await operation.run(
        {
          workspaceRoot: context.root,
          app,
          environment,
          stacks: target.stack === undefined ? undefined : [target.stack],
          options,
          optionProblems: problems,
          command: [
            `nx run ${project}:${targetName(app.config, operation.name)}`,
            `--configuration=${context.configurationName}`,
            ...words,
          ].join(' '),
        },
        {
          connect: async () => {
            if (module !== undefined) endpoint = await useEndpoint(module, context.root, complain);
          },
          endpoint: () => endpoint,
          clients: new ClientCache((call, error) => pace.retried(call, error)),
          liveState: new AwsLiveState((call, error) => pace.retried(call, error)),
          records: new SsmRecordStore((call, error) => pace.retried(call, error)),
          listener,
          pace,
          say: write(process.stdout),
        },
      );
      return { success };
    } catch (error) {
      complain(explainError(error));
      return { success: false };
    }
  };
}

/** @throws Refusal with what is wrong with the target, and with its options. */
function targetOf(target: TargetOptions, context: ExecutorContext, problems: readonly string[]): Target {
  try {
    return readTarget(target, context);
  } catch (error) {
    throw new Refusal([explainError(error), ...problems]);
  }
}
