import { type BenchWorkspace, cdkCommand, type CdkWay } from '../bench-workspace';
import { callsOf, type Figure, ratio, seconds, type Section, type Target } from '../figures';
import { measure } from '../measure';
import type { Conditions } from '../meter';

const CONDITIONS: readonly { readonly name: string; readonly conditions: Conditions }[] = [
  { name: '0 ms', conditions: {} },
  { name: '50 ms', conditions: { latency: 50 } },
  { name: '200 ms', conditions: { latency: 200 } },
  { name: '50 ms, limited', conditions: { latency: 50, callsPerSecond: { cloudformation: 10, ssm: 40 } } },
];

/** The CDK CLI at its quickest, with the assembly that our side made. */
const QUICKEST: CdkWay = {
  options: ['--all', '--concurrency=8', '--method=direct', '--app=../../dist/cdk/local'],
  validates: false,
};

/** Nothing differs, and each call takes longer, or is throttled. */
export async function slowEndpoint(
  bench: BenchWorkspace,
  rounds: number,
  say: (line: string) => void,
): Promise<Section> {
  const rows: string[][] = [];
  const targets: Target[] = [];
  await bench.synthesizeBefore();
  for (const { name, conditions } of CONDITIONS) {
    say(`  ${name}`);
    bench.meter.conditions = conditions;
    const figures = await measure(
      [
        {
          name: '`nx run v3-backend-infra:deploy`',
          commands: [() => bench.deploy()],
        },
        { name: cdkCommand('deploy', QUICKEST), commands: [() => bench.cdkDeploy(QUICKEST)] },
      ],
      rounds,
      bench.meter,
      say,
    );
    const [ours, cdk] = figures as [Figure, Figure];
    for (const figure of figures) {
      const { reading, changing } = callsOf(figure);
      rows.push([name, figure.side, seconds(figure), ratio(figure, cdk).toFixed(2), String(reading + changing)]);
    }
    // Where calls take no time, it is Nx's start that does.
    if (conditions.latency !== undefined)
      targets.push({ claim: `${name}: less time than the CDK CLI`, measured: ratio(ours, cdk), limit: 1 });
  }
  bench.meter.conditions = {};
  return {
    title: 'An endpoint that is far away',
    text:
      'Nothing differs; both sides have a synthesized assembly, which saves the CDK CLI its synthesis. Every call takes ' +
      'longer by the time in the first column. *Limited*: at most 10 calls of CloudFormation and 40 of SSM a second, and ' +
      'what is above is answered with a throttling error. SSM’s 40 are its documented default for GetParameters; AWS ' +
      'publishes no figure for CloudFormation, 10 is an assumption.',
    header: ['each call longer by', 'command', 'time', 'of the CDK CLI', 'calls'],
    rows,
    targets,
  };
}
