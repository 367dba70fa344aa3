import { type ProjectGraph, type Tree, readJson, writeJson } from '@nx/devkit';
import JsVersionActions, { afterAllProjectsVersioned } from '@nx/js/src/release/version-actions';
import type { ResolveVersionForDependency } from 'nx/release';

interface Manifest {
  readonly peerDependencies?: Record<string, string>;
}

/**
 * How `nx release` writes versions into the packages; `nx.json` names this file.
 *
 * A library is built with its sibling in one exact version (`devDependencies`), and accepts each that is compatible with it
 * (`peerDependencies`). jsii holds one against the other. Nx writes the same range into both, that of the former.
 */
export default class PackageVersionActions extends JsVersionActions {
  public override async updateProjectDependencies(
    tree: Tree,
    graph: ProjectGraph,
    dependencies: Record<string, string>,
    resolveVersion?: ResolveVersionForDependency,
  ): Promise<string[]> {
    const messages = await super.updateProjectDependencies(tree, graph, dependencies, resolveVersion);
    const names = Object.keys(dependencies).map((project) => graph.nodes[project]?.data.metadata?.js?.packageName);
    for (const { manifestPath } of this.manifestsToUpdate) {
      const manifest = readJson<Manifest>(tree, manifestPath);
      writeJson(tree, manifestPath, { ...manifest, ...compatiblePeers(manifest, names) });
    }
    return messages;
  }
}

// Nx takes it from the file of the class: it updates the lock file.
export { afterAllProjectsVersioned };

/** The peers, of which those named are accepted in every version that is compatible with the one given. */
export function compatiblePeers({ peerDependencies }: Manifest, names: readonly (string | undefined)[]): Manifest {
  if (peerDependencies === undefined) return {};
  const peers = Object.entries(peerDependencies).map(([name, range]) => [
    name,
    names.includes(name) && /^\d/.test(range) ? `^${range}` : range,
  ]);
  return { peerDependencies: Object.fromEntries(peers) as Record<string, string> };
}
