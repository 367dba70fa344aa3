import type { BenchWorkspace } from '../bench-workspace';
import { type Figure, ratio, seconds, type Section } from '../figures';
import { measure } from '../measure';

/** Synthesis of the local environment. */
export async function synth(bench: BenchWorkspace, rounds: number, say: (line: string) => void): Promise<Section> {
  const figures = await measure(
    [
      {
        name: '`nx run v3-backend-infra:synth`, sources of the app changed',
        before: () => bench.changeApp(),
        commands: [() => bench.nx('run', 'v3-backend-infra:synth', '--configuration=local')],
      },
      {
        name: '`nx run v3-backend-infra:synth`, nothing changed',
        commands: [() => bench.nx('run', 'v3-backend-infra:synth', '--configuration=local')],
      },
      { name: '`cdk synth --quiet`', commands: [() => bench.cdk('synth', '--quiet')] },
    ],
    rounds,
    bench.meter,
    say,
  );
  const [changed, cached, cdk] = figures as [Figure, Figure, Figure];
  return {
    title: 'Synthesis',
    text: 'The 14 stacks of one environment. The libraries are built. The CDK CLI runs the same command, without its validation.',
    header: ['command', 'time', 'of `cdk synth`'],
    rows: figures.map((figure) => [figure.side, seconds(figure), ratio(figure, cdk).toFixed(2)]),
    targets: [
      { claim: 'a cached synthesis takes less time than `cdk synth`', measured: ratio(cached, cdk), limit: 1 },
      {
        claim: 'an uncached one takes at most 1.5 of the time of `cdk synth`',
        measured: ratio(changed, cdk),
        limit: 1.5,
      },
    ],
  };
}
