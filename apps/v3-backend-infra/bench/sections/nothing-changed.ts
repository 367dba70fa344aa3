import type { BenchWorkspace } from '../bench-workspace';
import { callNames, callsOf, type Figure, ratio, seconds, type Section } from '../figures';
import { measure } from '../measure';

/** Everything is deployed, and nothing differs. */
export async function nothingChanged(
  bench: BenchWorkspace,
  rounds: number,
  say: (line: string) => void,
): Promise<Section> {
  const deploy = () => bench.nx('run', 'v3-backend-infra:deploy', '--configuration=local');
  const figures = await measure(
    [
      { name: '`nx run v3-backend-infra:deploy`', commands: [deploy] },
      { name: 'the same, synthesized anew', before: () => bench.changeApp(), commands: [deploy] },
      { name: '`cdk deploy --all --concurrency=8`', commands: [() => bench.cdkDeploy('--all', '--concurrency=8')] },
      {
        name: '`cdk deploy --all --concurrency=8 --method=direct`',
        commands: [() => bench.cdkDeploy('--all', '--concurrency=8', '--method=direct')],
      },
      {
        name: 'the same, of an assembly that is there (`--app`)',
        commands: [() => bench.cdkDeploy('--all', '--concurrency=8', '--method=direct', '--app=../../dist/cdk/local')],
      },
      // What Nx itself needs to run a task that does nothing: no deploy through Nx can take less.
      {
        name: 'floor: `nx` with a cached task alone',
        commands: [() => bench.nx('run', 'v3-backend-infra:synth', '--configuration=local')],
      },
    ],
    rounds,
    bench.meter,
    say,
  );
  const [cached, synthesized, changeSet, direct, , floor] = figures as [Figure, Figure, Figure, Figure, Figure, Figure];
  return {
    title: 'Nothing changed',
    text:
      'Fourteen stacks are deployed, none differs. The CDK CLI cannot skip a stack that reads SSM parameters: with change ' +
      'sets it makes one for each of these, directly it calls UpdateStack for each.',
    header: ['command', 'time', 'of `cdk deploy --all`', 'calls that read', 'calls that change'],
    rows: figures.map((figure) => {
      const { reading, changing } = callsOf(figure);
      return [figure.side, seconds(figure), ratio(figure, changeSet).toFixed(2), String(reading), String(changing)];
    }),
    notes: figures.slice(0, 4).map((figure) => `Calls of ${figure.side}: ${callNames(figure)}.`),
    targets: [
      {
        claim: 'with a cached synthesis at most a quarter of `cdk deploy --all`, whichever method is faster',
        measured: Math.max(ratio(cached, changeSet), ratio(cached, direct)),
        limit: 0.25,
      },
      {
        claim: 'synthesized anew at most half of `cdk deploy --all`, whichever method is faster',
        measured: Math.max(ratio(synthesized, changeSet), ratio(synthesized, direct)),
        limit: 0.5,
      },
      { claim: 'no call that changes anything', measured: callsOf(cached).changing, limit: 0 },
      { claim: 'at most 1.5 of the floor', measured: ratio(cached, floor), limit: 1.5 },
    ],
  };
}
