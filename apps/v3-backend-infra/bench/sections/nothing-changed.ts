import { type BenchWorkspace, cdkCommand, type CdkWay } from '../bench-workspace';
import { callNames, callsOf, type Figure, ratio, seconds, type Section, timeOf } from '../figures';
import { measure } from '../measure';

/** Ways to deploy everything with the CDK CLI, its defaults first. */
const CDK_WAYS: readonly CdkWay[] = [
  { options: ['--all'] },
  { options: ['--all', '--method=direct'] },
  { options: ['--all'], validates: false },
  { options: ['--all', '--method=direct'], validates: false },
  { options: ['--all', '--concurrency=8', '--method=direct'], validates: false },
];

/** Everything is deployed, and nothing differs. */
export async function nothingChanged(
  bench: BenchWorkspace,
  rounds: number,
  say: (line: string) => void,
): Promise<Section> {
  const deploy = () => bench.deploy();
  const figures = await measure(
    [
      { name: '`nx run v3-backend-infra:deploy`', before: () => bench.synthesizeBefore(), commands: [deploy] },
      { name: 'the same, synthesized anew', before: () => bench.changeApp(), commands: [deploy] },
      ...CDK_WAYS.map((way) => ({ name: cdkCommand('deploy', way), commands: [() => bench.cdkDeploy(way)] })),
      // No deploy through Nx can take less than what Nx itself needs for a task that is cached, and what the reads take.
      {
        name: 'floor: `nx` with a cached task, and one round of reads',
        before: () => bench.synthesizeBefore(),
        commands: [() => bench.synth(), () => bench.readOnce()],
      },
    ],
    rounds,
    bench.meter,
    say,
  );
  const [cached, synthesized, ...others] = figures as [Figure, Figure, ...Figure[]];
  const cdk = others.slice(0, CDK_WAYS.length);
  const floor = others[CDK_WAYS.length]!;
  const all = cdk[0]!;
  const fastest = cdk.reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a));
  return {
    title: 'Nothing changed',
    text:
      'Fourteen stacks are deployed, none differs. The CDK CLI cannot skip a stack that reads SSM parameters: with change ' +
      'sets it makes one for each of these, directly it calls UpdateStack for each. It synthesizes every time, and validates ' +
      'the templates unless it is told not to.',
    header: ['command', 'time', 'of `cdk deploy --all`', 'calls that read', 'calls that change'],
    rows: figures.map((figure) => {
      const { reading, changing } = callsOf(figure);
      return [figure.side, seconds(figure), ratio(figure, all).toFixed(2), String(reading), String(changing)];
    }),
    notes: [cached, all, fastest].map((figure) => `Calls of ${figure.side}: ${callNames(figure)}.`),
    targets: [
      {
        claim: 'with a cached synthesis at most a quarter of `cdk deploy --all`',
        measured: ratio(cached, all),
        limit: 0.25,
      },
      { claim: 'synthesized anew at most half of `cdk deploy --all`', measured: ratio(synthesized, all), limit: 0.5 },
      {
        claim: 'with a cached synthesis not slower than the CDK CLI at its fastest',
        measured: ratio(cached, fastest),
        limit: 1,
      },
      { claim: 'no call that changes anything', measured: callsOf(cached).changing, limit: 0 },
      // Nx gives a task a process of its own, which loads Nx once more.
      { claim: 'at most 1.75 times the floor', measured: ratio(cached, floor), limit: 1.75 },
    ],
  };
}
