import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import type { KnownCommands } from './run-blocks';

/** The npm scripts and Nx targets of this workspace, as they are now. */
export async function readKnownCommands(workspaceRoot: string): Promise<KnownCommands> {
  const { scripts } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as { scripts: object };
  const { nodes } = await createProjectGraphAsync();
  return {
    scripts: new Set(Object.keys(scripts)),
    targets: new Map(
      Object.entries(nodes).map(([project, { data }]) => [
        project,
        new Map(
          Object.entries(data.targets ?? {}).map(([target, { configurations }]) => [
            target,
            new Set(Object.keys(configurations ?? {})),
          ]),
        ),
      ]),
    ),
  };
}
