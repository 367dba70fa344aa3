import type { PropsValidation } from '@v3-backend/core';

/** A prefix of logs is put between slashes: one of its own at either end would make it another one. */
export function validatePrefix(validation: PropsValidation, prop: string, prefix?: string): void {
  validation.matches(prop, '[^/](.*[^/])?', 'a prefix without slashes at its ends', prefix);
}
