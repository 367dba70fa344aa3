import { type BenchWorkspace, cdkCommand, type CdkWay } from '../bench-workspace';
import { type Figure, ratio, seconds, type Section } from '../figures';
import { measure } from '../measure';

const CDK_WAYS: readonly CdkWay[] = [{ options: ['--quiet'] }, { options: ['--quiet'], validates: false }];

/** Synthesis of the local environment. */
export async function synth(bench: BenchWorkspace, rounds: number, say: (line: string) => void): Promise<Section> {
  const figures = await measure(
    [
      {
        name: '`nx run v3-backend-infra:synth`, sources of the app changed',
        before: () => bench.changeApp(),
        commands: [() => bench.synth()],
      },
      {
        name: '`nx run v3-backend-infra:synth`, nothing changed',
        before: () => bench.synthesizeBefore(),
        commands: [() => bench.synth()],
      },
      ...CDK_WAYS.map((way) => ({ name: cdkCommand('synth', way), commands: [() => bench.cdk('synth', way)] })),
    ],
    rounds,
    bench.meter,
    say,
  );
  const [changed, cached, cdk, unvalidated] = figures as [Figure, Figure, Figure, Figure];
  return {
    title: 'Synthesis',
    text:
      'The 14 stacks of one environment, with the libraries built. All run the same app. The CDK CLI also validates the ' +
      'templates, unless it is told not to; here that is a target of its own, `validate`, and no part of these times.',
    header: ['command', 'time', 'of `cdk synth`'],
    rows: figures.map((figure) => [figure.side, seconds(figure), ratio(figure, cdk).toFixed(2)]),
    targets: [
      { claim: 'a new one takes less time than `cdk synth`', measured: ratio(changed, cdk), limit: 1 },
      {
        claim: 'from the cache, less time than `cdk synth` without its validation',
        measured: ratio(cached, unvalidated),
        limit: 1,
      },
    ],
  };
}
