import type { RunningCommand } from '../e2e/running-command';
import type { Figure, Sample } from './figures';
import type { Meter } from './meter';

/** A way to do something, measured beside others. */
export interface Side {
  readonly name: string;
  /** What has to be there before each of its runs; not measured. */
  readonly before?: () => Promise<void> | void;
  /** Its commands, one after the other; each must succeed. */
  readonly commands: readonly (() => RunningCommand)[];
  /** What there is to see after a run; not measured. */
  readonly after?: (sample: Sample) => Promise<void> | void;
}

/**
 * Runs all sides as often as told, in turn, so that whatever else the machine does meets all of them. Each round begins
 * with another side.
 *
 * @throws when a command fails, with what it printed
 */
export async function measure(
  sides: readonly Side[],
  rounds: number,
  meter: Pick<Meter, 'take'>,
  say: (line: string) => void,
): Promise<Figure[]> {
  const samples = new Map<Side, Sample[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < sides.length; turn += 1) {
      const side = sides[(round + turn) % sides.length]!;
      await side.before?.();
      const sample = await run(side, meter);
      samples.get(side)!.push(sample);
      await side.after?.(sample);
      say(`  ${side.name}: ${(sample.milliseconds / 1000).toFixed(1)} s`);
    }
  }
  return sides.map((side) => ({ side: side.name, samples: samples.get(side)! }));
}

async function run({ name, commands }: Side, meter: Pick<Meter, 'take'>): Promise<Sample> {
  meter.take();
  const begun = performance.now();
  for (const start of commands) {
    const { status, output } = await start().finished;
    if (status !== 0) throw new Error(`${name} failed:\n${output}`);
  }
  return { milliseconds: performance.now() - begun, calls: meter.take() };
}
