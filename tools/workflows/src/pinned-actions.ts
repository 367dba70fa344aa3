import type { Finding, Workflow } from './workflow';

const USES = /^\s*(?:- )?uses:\s*(?<action>.*)$/;
const PINNED = /^(?<name>[\w./-]+)@(?<commit>[0-9a-f]{40}) # (?<version>v\d+\.\d+\.\d+)$/;

/**
 * Holds that every action is pinned by a full commit, that a comment tells a person its version, and that all workflows
 * use one version of an action: what is to be reviewed at an update is then one commit for each.
 */
export function checkPinnedActions(workflows: readonly Workflow[]): Finding[] {
  const first = new Map<string, string>();
  return workflows.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, index) => {
      const action = USES.exec(line)?.groups?.['action'];
      if (action === undefined) return [];
      const finding = (message: string): Finding => ({ by: 'pinned actions', at: `${file}:${index + 1}`, message });
      const name = PINNED.exec(action)?.groups?.['name'];
      if (name === undefined)
        return [finding(`${action} must be name@<40 hexadecimal digits> # v<major.minor.patch>.`)];
      const known = first.get(name) ?? action;
      first.set(name, known);
      return known === action ? [] : [finding(`${action} differs from ${known} elsewhere. Use one.`)];
    }),
  );
}
