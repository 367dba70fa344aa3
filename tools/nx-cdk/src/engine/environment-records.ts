import { DeployedBase } from '../base/deployed-base';
import { type AppModel, nxCommand } from '../config/app-model';
import type { CheckedOut } from '../git/repository';
import { EnvironmentLock } from '../lock/environment-lock';
import type { RecordKey } from '../records/record-store';
import type { Journal } from './journal';
import type { RunParts, RunRequest } from './request';

/** The SSM path below which the records of an environment are. */
export function statePathOf({ project, config }: AppModel, environment: string): string {
  // Project names may have characters that SSM does not take.
  const word = (text: string) => text.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  return config.state.replaceAll('{app}', word(project)).replaceAll('{environment}', word(environment));
}

/** What the engine remembers of an environment. */
type RecordName = 'lock' | 'base' | 'carried-parameters';

/** Where a record of an environment is kept. */
export const recordKey = (app: AppModel, environment: string, record: RecordName, region: string): RecordKey => ({
  name: `${statePathOf(app, environment)}/${record}`,
  region,
});

/** The lock and the base of a run's environment; they can be used once the run knows its region. */
export function recordsOf(
  { app, environment, command }: RunRequest<unknown>,
  { records, listener }: Pick<RunParts, 'records' | 'listener'>,
  journal: Journal,
  checkedOut: CheckedOut,
): { readonly lock: EnvironmentLock; readonly base: DeployedBase } {
  const notice = (text: string) => listener({ type: 'notice', text });
  const key = (record: 'lock' | 'base') => () => recordKey(app, environment, record, journal.region ?? '');
  return {
    lock: new EnvironmentLock(records, {
      environment,
      key: key('lock'),
      commit: checkedOut.commit,
      command,
      unlockCommand: nxCommand(app, environment, 'unlock'),
      notice,
    }),
    base: new DeployedBase(records, key('base'), checkedOut, notice),
  };
}
