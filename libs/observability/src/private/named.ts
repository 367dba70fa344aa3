import type { PropsValidation } from '@v3-backend/core';

/** `apiService` to `ApiService`, `my-queue` to `MyQueue`: ids of constructs. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|-)(.)/g, (_match, letter: string) => letter.toUpperCase());
}

/** The same record with other values. */
export function mapValues<T, R>(
  record: { [name: string]: T },
  map: (value: T, name: string) => R,
): { [name: string]: R } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}

/** The same record in an order that does not follow from how it was written: maps of Java have another in every run. */
export function sortedByName<T>(record: { [name: string]: T }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names are parts of constructs' ids and of sentences. */
export function validateNames(validation: PropsValidation, prop: string, record: { [name: string]: unknown }): void {
  const names = Object.keys(record);
  validation.holds(names.length > 0, `${prop} must have one entry or more, got none`);
  for (const name of names) {
    validation.matches(`${prop}: a name`, '[a-z][A-Za-z0-9-]*', 'in camel or kebab case', name);
  }
}
