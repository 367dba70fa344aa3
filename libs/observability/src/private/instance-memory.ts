import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** GiB of memory in sizes below `xlarge`, of the families t and m. */
const SMALL_SIZES_GIB: { [size: string]: number } = { micro: 1, small: 2, medium: 4, large: 8 };

/** Bytes of memory of an instance class, or nothing for one whose memory does not follow from its name. */
export function memoryBytes(instanceType: ec2.InstanceType): number | undefined {
  const [family = '', size = ''] = instanceType.toString().replace(/^db\./, '').split('.');
  const perSize = { t: 1, m: 1, r: 2, x: 4 }[family.charAt(0)];
  const [, multiple] = /^(\d*)xlarge$/.exec(size) ?? [];
  const gib = multiple === undefined ? SMALL_SIZES_GIB[size] : 16 * Number(multiple || 1);
  if (perSize === undefined || gib === undefined) return undefined;
  return gib * perSize * 1024 ** 3;
}

/** The connections that RDS for PostgreSQL allows by default: `LEAST(DBInstanceClassMemory/9531392, 5000)`. */
export function maxConnections(memory: number): number {
  return Math.min(Math.floor(memory / 9531392), 5000);
}
