import type { BenchWorkspace, Extent } from '../bench-workspace';
import { type Figure, ratio, seconds, type Section } from '../figures';
import { measure, type Side } from '../measure';

/** One default of the compute library changes, from the saved file to what is deployed. */
export async function computeChange(
  modular: BenchWorkspace,
  monolithic: BenchWorkspace,
  rounds: number,
  say: (line: string) => void,
): Promise<Section> {
  const extents = new Map<string, Extent>();
  const side = (name: string, bench: BenchWorkspace, commands: Side['commands']): Side => {
    let states: Readonly<Record<string, string>>;
    return {
      name,
      commands,
      before: async () => {
        bench.changeCompute();
        states = await bench.states();
      },
      after: async () => void extents.set(name, await bench.extentSince(states)),
    };
  };
  const build = () => modular.nx('run-many', '-t', 'build');
  const affected = (bench: BenchWorkspace) => () =>
    bench.nx('affected', '-t', 'deploy', '--configuration=local', '--base=HEAD~1');
  const figures = await measure(
    [
      side('`nx affected -t deploy`', modular, [affected(modular)]),
      side('build, and `cdk deploy --all --concurrency=8`', modular, [
        build,
        () => modular.cdkDeploy('--all', '--concurrency=8'),
      ]),
      side('build, and `cdk deploy --all --concurrency=8 --method=direct`', modular, [
        build,
        () => modular.cdkDeploy('--all', '--concurrency=8', '--method=direct'),
      ]),
      side('build, and `cdk deploy <compute> --exclusively`', modular, [
        build,
        () => modular.cdkDeploy('v3-backend-local-compute', '--exclusively'),
      ]),
      side('monolithic layout, `nx affected -t deploy`', monolithic, [affected(monolithic)]),
    ],
    rounds,
    { take: () => ({ ...modular.meter.take(), ...monolithic.meter.take() }) },
    say,
  );
  const [ours, all, direct] = figures as [Figure, Figure, Figure];
  const extent = (figure: Figure) => extents.get(figure.side)!;
  const monolith = extent(figures[4]!);
  return {
    title: 'A change of the compute layer alone',
    text:
      'A default of the compute library is edited and committed; measured is from then to the end of the deployment, builds ' +
      'included. *Evaluated* are the resources of the stacks that CloudFormation was told to update, *touched* those that ' +
      'it created, updated or deleted.',
    header: ['command', 'time', 'of `cdk deploy --all`', 'stacks', 'evaluated', 'touched'],
    rows: figures.map((figure) => {
      const { stacks, evaluated, touched } = extent(figure);
      return [
        figure.side,
        seconds(figure),
        ratio(figure, all).toFixed(2),
        stacks.length > 2 ? String(stacks.length) : stacks.join(', '),
        String(evaluated),
        String(touched),
      ];
    }),
    targets: [
      { claim: 'exactly one stack is updated', measured: extent(ours).stacks.length, limit: 1 },
      {
        claim: 'at most a third of `cdk deploy --all`, whichever method is faster',
        measured: Math.max(ratio(ours, all), ratio(ours, direct)),
        limit: 1 / 3,
      },
      {
        claim: 'touches at most a fifth of the resources that the monolith’s update evaluates',
        measured: extent(ours).touched / monolith.evaluated,
        limit: 0.2,
      },
    ],
  };
}
