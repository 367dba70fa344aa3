import type { BenchWorkspace } from '../bench-workspace';
import { succeeds } from '../bench-workspace';
import { median, type Section } from '../figures';

const SIZES = [14, 140, 1400];

interface Planned {
  readonly milliseconds: number;
  readonly memoryMiB: number;
  readonly calls: number;
}

/** The engine plans apps of different sizes of which nothing differs, at the scripted endpoint of its tests. */
export async function planning(bench: BenchWorkspace, rounds: number, say: (line: string) => void): Promise<Section> {
  const measured = new Map<number, Planned[]>(SIZES.map((size) => [size, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const size of SIZES) {
      const args = ['node_modules/tsx/dist/cli.mjs', '--tsconfig=tsconfig.base.json', 'tools/nx-cdk/bench/planning.ts'];
      const output = await succeeds(bench.copy.startNode([...args, String(size)], '.', {}));
      measured.get(size)!.push(JSON.parse(/^\{.*\}$/m.exec(output)![0]) as Planned);
      say(`  ${size} stacks: ${(measured.get(size)!.at(-1)!.milliseconds / 1000).toFixed(2)} s`);
    }
  }
  const middle = (size: number, of: keyof Planned) => median(measured.get(size)!.map((planned) => planned[of]));
  return {
    title: 'Planning',
    text:
      'The engine in one process with a scripted endpoint, which takes its share of the time and the memory. The stacks are ' +
      'copies of this app’s graph, and nothing differs, so that every stack is read and compared.',
    header: ['stacks', 'time', 'for each stack', 'most memory of the process', 'calls'],
    rows: SIZES.map((size) => [
      String(size),
      `${(middle(size, 'milliseconds') / 1000).toFixed(2)} s`,
      `${(middle(size, 'milliseconds') / size).toFixed(1)} ms`,
      `${middle(size, 'memoryMiB').toFixed(0)} MiB`,
      String(middle(size, 'calls')),
    ]),
    targets: [
      {
        claim: 'ten times the stacks take at most 12 times the time, from 140 to 1,400',
        measured: middle(1400, 'milliseconds') / middle(140, 'milliseconds'),
        limit: 12,
      },
    ],
  };
}
