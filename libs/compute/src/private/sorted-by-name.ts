/**
 * The same record in an order that does not follow from how it was written: maps of Java have another in every run, and
 * CloudFormation sees a change where a list has another order.
 */
export function sortedByName<T>(record: { [name: string]: T } = {}): { [name: string]: T } {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
