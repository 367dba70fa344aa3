/** Names of the targets that a project has as the workspace's `targetDefaults` define them, and not in a way of its own. */
export function defaultTargets(targets: Readonly<Record<string, object>> = {}): string[] {
  return Object.keys(targets).filter((name) => Object.keys(targets[name]!).length === 0);
}
