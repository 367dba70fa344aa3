/**
 * Names and values in an order that does not follow from how they were written: maps of Java have another in every run, and
 * CloudFormation sees a change where a list has another order.
 */
export function sortedEntries<T>(record: { [name: string]: T }): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
