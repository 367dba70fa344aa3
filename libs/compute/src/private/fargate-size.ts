import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';

/** The memory sizes, in MiB, that Fargate offers for each CPU size: ECS developer guide, "Task CPU and memory". */
const OFFERED: { [cpu: number]: number[] } = {
  256: [512, 1024, 2048],
  512: sizes(1024, 4096, 1024),
  1024: sizes(2048, 8192, 1024),
  2048: sizes(4096, 16384, 1024),
  4096: sizes(8192, 30720, 1024),
  8192: sizes(16384, 61440, 4096),
  16384: sizes(32768, 122880, 8192),
};

/** ECS refuses any other pair, but only when the task definition is registered. */
export function validateFargateSize(validation: PropsValidation, cpu: number, memoryMiB: number): void {
  if (Token.isUnresolved(cpu) || Token.isUnresolved(memoryMiB)) return;
  const offered = OFFERED[cpu];
  if (offered === undefined) {
    validation.holds(false, `cpu must be one of ${Object.keys(OFFERED).join(', ')}, got ${cpu}`);
  } else {
    const allowed =
      offered.length > 4 ? `one of ${offered[0]}, ${offered[1]}, … ${offered.at(-1)}` : offered.join(', ');
    validation.holds(offered.includes(memoryMiB), `memoryMiB must be ${allowed} for cpu ${cpu}, got ${memoryMiB}`);
  }
}

function sizes(min: number, max: number, step: number): number[] {
  return Array.from({ length: (max - min) / step + 1 }, (_, index) => min + index * step);
}
