/** One measured run of one side. */
export interface Sample {
  readonly milliseconds: number;
  /** How often each call of an AWS API was made, by the action that allows it, repeated attempts included. */
  readonly calls: Readonly<Record<string, number>>;
}

/** What was measured of one side. */
export interface Figure {
  readonly side: string;
  readonly samples: readonly Sample[];
}

/** A statement that a figure must hold to, as a ratio of two sides of the same rounds. */
export interface Target {
  readonly claim: string;
  readonly measured: number;
  /** The most that `measured` may be. */
  readonly limit: number;
}

/** One part of the page. */
export interface Section {
  readonly title: string;
  /** What was compared, and what a reader must know to judge it. */
  readonly text: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Details, below the table. */
  readonly notes?: readonly string[];
  readonly targets: readonly Target[];
}

/** Whether a target is met. */
export const isMet = ({ measured, limit }: Target) => measured <= limit;

/** The middle of the values; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of no values.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median time of a side, in milliseconds. */
export const timeOf = ({ samples }: Figure) => median(samples.map(({ milliseconds }) => milliseconds));

/** `1.2 s (1.1 to 1.4)`: the median, and the range if there is one. */
export function seconds({ samples }: Figure): string {
  const times = samples.map(({ milliseconds }) => milliseconds);
  const text = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
  const range = samples.length > 1 ? ` (${text(Math.min(...times))} to ${text(Math.max(...times))})` : '';
  return `${text(median(times))} s${range}`;
}

/** The median time of a side as a multiple of another's. */
export const ratio = (side: Figure, other: Figure) => timeOf(side) / timeOf(other);

/** Calls that change something, of all that AWS has: the rest of the names begin like a question. */
const READING = /:(Describe|Get|List|Head|Assume|Validate|Simulate|Detect)/;

/** The most calls of each name in any of a side's runs, apart by whether they only read. */
export function callsOf({ samples }: Figure): { readonly reading: number; readonly changing: number } {
  const most = samples.reduce<Record<string, number>>((found, { calls }) => {
    for (const [name, count] of Object.entries(calls)) found[name] = Math.max(found[name] ?? 0, count);
    return found;
  }, {});
  const sum = (reading: boolean) =>
    Object.entries(most).reduce((total, [name, count]) => total + (READING.test(name) === reading ? count : 0), 0);
  return { reading: sum(true), changing: sum(false) };
}

/** `14 cloudformation:DescribeStacks, 3 ssm:GetParameters`, most frequent first. */
export function callNames({ samples }: Figure): string {
  const { calls } = samples[samples.length - 1]!;
  const counted = Object.entries(calls).sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
  return counted.length === 0 ? 'none' : counted.map(([name, count]) => `${count} ${name}`).join(', ');
}
