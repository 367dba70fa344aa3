import { type BenchWorkspace, cdkCommand, type CdkWay } from '../bench-workspace';
import { type Figure, median, ratio, seconds, type Section, timeOf } from '../figures';
import { measure } from '../measure';

const CDK_WAYS: readonly CdkWay[] = [4, 8].flatMap((concurrency) =>
  [true, false].map((validates) => ({ options: ['--all', `--concurrency=${concurrency}`], validates })),
);

/** All stacks, to an empty endpoint. */
export async function firstDeploy(
  bench: BenchWorkspace,
  rounds: number,
  say: (line: string) => void,
): Promise<Section> {
  const overLongestPath: number[] = [];
  const before = async () => {
    await bench.emptyEndpoint();
    bench.changeApp();
  };
  const figures = await measure(
    [
      {
        name: '`nx run v3-backend-infra:deploy`',
        before,
        commands: [() => bench.deploy()],
        after: () => void overLongestPath.push(bench.overLongestPath()),
      },
      ...CDK_WAYS.map((way) => ({
        name: cdkCommand('deploy', way),
        before,
        commands: [() => bench.cdkDeploy(way)],
      })),
    ],
    rounds,
    bench.meter,
    say,
  );
  const [ours, ...theirs] = figures as [Figure, ...Figure[]];
  const bestOf = (validates: boolean) =>
    theirs
      .filter((_, index) => CDK_WAYS[index]!.validates === validates)
      .reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a));
  const best = bestOf(true);
  return {
    title: 'First deploy of everything',
    text:
      'Fourteen stacks to an empty, bootstrapped endpoint, a new synthesis included. The CDK CLI validates the templates, ' +
      'too, unless it is told not to. The engine asks a local endpoint for ' +
      'progress every 0.2 s and AWS every 2 s; the CDK CLI asks either every 2 s, and every 5 s while a change set is made. ' +
      'The longest path is that of the durations of the stacks in the same run, along their dependencies.',
    header: ['command', 'time', 'of the best `cdk deploy`'],
    rows: figures.map((figure) => [figure.side, seconds(figure), ratio(figure, best).toFixed(2)]),
    targets: [
      { claim: 'at most 0.8 of the time of `cdk deploy --all` at its best', measured: ratio(ours, best), limit: 0.8 },
      { claim: 'less time than it takes without its validation', measured: ratio(ours, bestOf(false)), limit: 1 },
      {
        claim: 'shipping takes at most 1.2 of the longest path of dependencies',
        measured: median(overLongestPath),
        limit: 1.2,
      },
    ],
  };
}
