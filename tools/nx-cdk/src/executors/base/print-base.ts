import type { ExecutorContext } from '@nx/devkit';
import { findBase } from '../../base/find-base';
import { useEndpoint } from '../../engine/endpoint';
import { refuseOn } from '../../engine/refusal';
import { explainError } from '../../live-state/explain-error';
import { parseNoOptions } from '../../options/options';
import { SsmRecordStore } from '../../records/ssm-record-store';
import { type CommandLineWords, givenOptions, readTarget, type TargetOptions } from '../target';

/** What the base needs to know of the Nx run. */
export type BaseContext = Pick<ExecutorContext, 'root' | 'projectsConfigurations'>;

/**
 * Finds the base of an environment.
 *
 * @param print takes the base and nothing else.
 * @param say takes everything that is meant for people.
 * @returns whether there is a base.
 */
export async function printBase(
  options: TargetOptions,
  words: CommandLineWords,
  context: BaseContext,
  print: (line: string) => void,
  say: (line: string) => void,
): Promise<boolean> {
  try {
    refuseOn(parseNoOptions(givenOptions(options, words, {})));
    const { app, environment, endpoint } = readTarget(options, context);
    if (endpoint !== undefined) await useEndpoint(endpoint, context.root, say);
    const { revision, everything } = await findBase(context.root, app, environment, new SsmRecordStore());
    if (everything !== undefined) say(`Everything counts as changed: ${everything}.`);
    print(revision);
    return true;
  } catch (error) {
    say(explainError(error));
    return false;
  }
}
