/** Names of the targets that a project has as the workspace's `targetDefaults` define them, and not in a way of its own. */
export function defaultTargets(targets: Readonly<Record<string, object>> = {}): string[] {
  return Object.keys(targets).filter((name) => Object.keys(targets[name]!).length === 0);
}

/** The part of a project.json that gives a project such targets; nothing where there are none. */
export function statingTargets(names: readonly string[]): { targets?: Readonly<Record<string, object>> } {
  return names.length === 0 ? {} : { targets: Object.fromEntries(names.map((name) => [name, {}])) };
}
