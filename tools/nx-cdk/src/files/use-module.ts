import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Loads a module of the workspace, which may be TypeScript, also in what it loads while it is used.
 *
 * @param name as in an import in the workspace's root, or an absolute path, with or without its extension.
 */
export async function useModule<Result>(
  name: string,
  workspaceRoot: string,
  use: (module: object) => Result | Promise<Result>,
): Promise<Result> {
  const require = createRequire(join(workspaceRoot, 'package.json'));
  const file = require.resolve(existsSync(`${name}.ts`) ? `${name}.ts` : name);
  const forgetTypeScript = /\.[cm]?ts$/.test(file) ? await understandTypeScript(workspaceRoot) : undefined;
  try {
    return await use(require(file) as object);
  } finally {
    forgetTypeScript?.();
  }
}

/** A module of the workspace itself may be TypeScript; Nx knows how to load it, but only does so for plugins. */
async function understandTypeScript(workspaceRoot: string): Promise<() => void> {
  const { registerTsProject } = await import('@nx/devkit/internal');
  const files = ['tsconfig.base.json', 'tsconfig.json'].map((name) => join(workspaceRoot, name));
  return registerTsProject(files.find((file) => existsSync(file)) ?? files[0]!);
}
