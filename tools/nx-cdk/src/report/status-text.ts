import type { AppStatus, Drift, StackStatus } from './status';
import { table } from './table';

/** A short form of a commit that git understands. */
const COMMIT_LENGTH = 12;

/** An environment on one screen. */
export function statusText(status: AppStatus): string {
  const { environment, account, region, lock, problems, notices, stacks, noLongerPartOfTheApp } = status;
  const shipping = stacks.filter(({ next }) => next.action !== 'unchanged');
  const drifted = stacks.filter(({ drift }) => typeof drift?.changes === 'string');
  const unknown = stacks.filter(({ drift }) => drift?.problem !== undefined);
  return [
    `${environment} (account ${account}, ${region})`,
    `  commit  ${commitText(status)}`,
    `  lock    ${lock ?? 'none'}`,
    '',
    ...table([['', 'stack', 'state', 'last updated', 'image tag', 'drift', 'a deploy would'], ...stacks.map(rowOf)]),
    '',
    ...shipping.map(({ name, next }) => `${name} would ${next.action}: ${next.reason}`),
    ...drifted.map(({ name, drift }) => `${name} was ${drift?.changes}`),
    ...unknown.map(({ name, drift }) => `${name} could not be compared with what is there: ${drift?.problem}`),
    ...noLongerPartOfTheApp.map((name) => `${name} is deployed, but no longer part of the app`),
    ...notices,
    ...problems.map((problem) => `✖ A deploy would be refused: ${problem}`),
    ...(shipping.length + drifted.length + unknown.length + problems.length === 0
      ? ['Everything is as it should be.']
      : []),
  ].join('\n');
}

function rowOf({ name, phase, status, lastUpdated, imageTag, drift, next }: StackStatus): string[] {
  return [
    phase ?? '',
    name,
    status ?? 'not deployed',
    lastUpdated?.replace(/\.\d+Z$/, 'Z') ?? '',
    imageTag ?? '',
    status === null ? '' : driftWord(drift),
    next.action === 'unchanged' ? '' : next.action,
  ];
}

function driftWord(drift: Drift | undefined): string {
  if (drift === undefined) return 'not asked';
  if (drift.changes !== null) return 'yes';
  return drift.problem === undefined && drift.compared > 0 ? 'none' : 'unknown';
}

function commitText({ deployedCommit, begunSince }: AppStatus): string {
  const short = (commit: string | null) => commit?.slice(0, COMMIT_LENGTH) ?? 'files that no commit has';
  const deployed = deployedCommit === null ? 'none was deployed completely' : short(deployedCommit);
  return begunSince.length === 0 ? deployed : `${deployed}; begun since: ${begunSince.map(short).join(', ')}`;
}
