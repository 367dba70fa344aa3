import { type BenchWorkspace, cdkCommand, type CdkWay, type Deployed, type Extent } from '../bench-workspace';
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
    let deployed: Deployed;
    return {
      name,
      commands,
      before: async () => {
        bench.changeCompute();
        deployed = await bench.deployed();
      },
      after: async () => void extents.set(name, await bench.extentSince(deployed)),
    };
  };
  const build = () => modular.nx('run-many', '-t', 'build');
  const buildAll = () => modular.npm('run', 'build', '--workspaces', '--if-present');
  const affected = (bench: BenchWorkspace) => () =>
    bench.nx('affected', '-t', 'deploy', '--configuration=local', '--base=HEAD~1');
  const withCdk = (name: string, builds: Side['commands'][number], way: CdkWay) =>
    side(`${name}, then ${cdkCommand('deploy', way)}`, modular, [builds, () => modular.cdkDeploy(way)]);
  const figures = await measure(
    [
      side('`nx affected -t deploy`', modular, [affected(modular)]),
      withCdk('`npm run build --workspaces`', buildAll, { options: ['--all'] }),
      withCdk('build by Nx', build, { options: ['--all'] }),
      withCdk('build by Nx', build, { options: ['v3-backend-local-compute', '--exclusively'] }),
      withCdk('build by Nx', build, { options: ['--all', '--concurrency=8', '--method=direct'], validates: false }),
      side('monolithic layout, `nx affected -t deploy`', monolithic, [affected(monolithic)]),
    ],
    rounds,
    { take: () => ({ ...modular.meter.take(), ...monolithic.meter.take() }) },
    say,
  );
  const [ours, plain, ...others] = figures as [Figure, Figure, ...Figure[]];
  const [all, , quickest] = others as [Figure, Figure, Figure];
  const extent = (figure: Figure) => extents.get(figure.side)!;
  const monolith = extent(figures.at(-1)!);
  return {
    title: 'A change of the compute layer alone',
    text:
      'A default of the compute library is edited and committed; measured is from then to the end of the deployment, builds ' +
      'included. Without Nx, all libraries are built; with its cache, the CDK CLI, too, waits for the build of one only. ' +
      '*Evaluated* are the resources of the stacks that were updated, *changed* those that are defined in another way than ' +
      'before.',
    header: ['command', 'time', 'of the build of all and `cdk deploy --all`', 'stacks', 'evaluated', 'changed'],
    rows: figures.map((figure) => {
      const { stacks, evaluated, changed } = extent(figure);
      return [
        figure.side,
        seconds(figure),
        ratio(figure, plain).toFixed(2),
        stacks.length > 2 ? String(stacks.length) : stacks.join(', '),
        String(evaluated),
        String(changed),
      ];
    }),
    targets: [
      { claim: 'exactly one stack is updated', measured: extent(ours).stacks.length, limit: 1 },
      {
        claim: 'at most a third of the time of a build and `cdk deploy --all` without Nx',
        measured: ratio(ours, plain),
        limit: 1 / 3,
      },
      { claim: 'less time than a build by Nx and `cdk deploy --all`', measured: ratio(ours, all), limit: 1 },
      {
        claim: 'at most 1.25 of a build by Nx and the quickest way of the CDK CLI, without its validation',
        measured: ratio(ours, quickest),
        limit: 1.25,
      },
      {
        claim: 'changes at most a fifth of the resources that the monolith’s update evaluates',
        measured: extent(ours).changed / monolith.evaluated,
        limit: 0.2,
      },
    ],
  };
}
