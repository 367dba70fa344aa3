import type { BenchWorkspace } from '../bench-workspace';
import { type Figure, median, ratio, seconds, type Section, timeOf } from '../figures';
import { measure } from '../measure';

const CONCURRENCIES = [4, 8];

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
        commands: [() => bench.nx('run', 'v3-backend-infra:deploy', '--configuration=local')],
        after: () => void overLongestPath.push(bench.overLongestPath()),
      },
      ...CONCURRENCIES.map((concurrency) => ({
        name: `\`cdk deploy --all --concurrency=${concurrency}\``,
        before,
        commands: [() => bench.cdkDeploy('--all', `--concurrency=${concurrency}`)],
      })),
    ],
    rounds,
    bench.meter,
    say,
  );
  const [ours, ...theirs] = figures as [Figure, ...Figure[]];
  const best = theirs.reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a));
  return {
    title: 'First deploy of everything',
    text:
      'Fourteen stacks to an empty, bootstrapped endpoint, synthesis included. The engine asks a local endpoint for ' +
      'progress every 0.2 s and AWS every 2 s; the CDK CLI asks either every 2 s, and every 5 s while a change set is made. ' +
      'The longest path is that of the durations of the stacks in the same run, along their dependencies.',
    header: ['command', 'time', 'of the best `cdk deploy`'],
    rows: figures.map((figure) => [figure.side, seconds(figure), ratio(figure, best).toFixed(2)]),
    targets: [
      { claim: 'at most 0.8 of the time of `cdk deploy --all` at its best', measured: ratio(ours, best), limit: 0.8 },
      {
        claim: 'shipping takes at most 1.2 of the longest path of dependencies',
        measured: median(overLongestPath),
        limit: 1.2,
      },
    ],
  };
}
