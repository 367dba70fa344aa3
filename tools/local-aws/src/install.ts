import { join } from 'node:path';
import { installPythonPackages, type PythonEnvironment } from './python-packages';
import type { Settings } from './settings';

/** The plug-in and its requirements. */
export const PYTHON_SOURCES = join(__dirname, '../python');

/**
 * Installs MiniStack into the home folder, unless the very same is there already.
 * @throws LocalAwsError as {@link installPythonPackages} does
 */
export function ensureInstalled(settings: Settings, log: (line: string) => void): Promise<PythonEnvironment> {
  return installPythonPackages(
    {
      name: 'MiniStack',
      requirementsFile: join(PYTHON_SOURCES, 'requirements.txt'),
      folder: settings.environmentDir,
      logFile: settings.installLogFile,
    },
    log,
  );
}
