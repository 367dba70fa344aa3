import { join } from 'node:path';
import type { AppModel } from '../config/app-model';
import { useModule } from '../files/use-module';
import { type AppChecks, parseAppChecks } from './app-checks';

/**
 * Asks the module that the app names as `checks`, if it does, what to verify in an environment.
 *
 * @throws what the module throws, or when it is not such a module.
 */
export async function loadAppChecks(
  { root, config }: Pick<AppModel, 'root' | 'config'>,
  environment: string,
  workspaceRoot: string,
): Promise<AppChecks> {
  const { checks: module } = config;
  if (module === undefined) return parseAppChecks({}, '');
  const file = module.startsWith('.') ? join(workspaceRoot, root, module) : module;
  return useModule(file, workspaceRoot, async (loaded) => {
    const { checksOf } = loaded as { checksOf?: (environment: string) => unknown };
    if (typeof checksOf !== 'function') throw new Error(`The module ${module} does not export a function checksOf.`);
    return parseAppChecks(await checksOf(environment), module);
  });
}
