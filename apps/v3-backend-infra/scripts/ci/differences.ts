import type { AppStatus } from '@v3-backend/nx-cdk';

/** Everything by which an environment is not what the code and CloudFormation say, a sentence each. */
export function differencesOf({ stacks, problems, noLongerPartOfTheApp }: AppStatus): string[] {
  return [
    ...stacks.flatMap(({ name, next }) =>
      next.action === 'unchanged' ? [] : [`${name}: a deploy would ${next.action}: ${next.reason}`],
    ),
    ...stacks.flatMap(({ name, drift }) => [
      ...(drift?.changes ? [`${name}: was ${drift.changes}`] : []),
      ...(drift?.problem ? [`${name}: could not be compared with what is there: ${drift.problem}`] : []),
    ]),
    ...noLongerPartOfTheApp.map((name) => `${name} is deployed, but no longer part of the app`),
    ...problems.map((problem) => `A deploy would be refused: ${problem}`),
  ];
}
