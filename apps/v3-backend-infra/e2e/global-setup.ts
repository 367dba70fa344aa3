import { constants } from 'node:os';
import { prepareWorkspace } from './prepared-workspace';
import { createRunFolder, removeRunFolder } from './run-folder';

/** Before the first test file: prepares what all of them copy, and sees to it that nothing is left when they are stopped. */
export default async function setUp(): Promise<void> {
  createRunFolder();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      removeRunFolder();
      process.exit(128 + constants.signals[signal]);
    });
  }
  try {
    await prepareWorkspace();
  } catch (error) {
    // Jest does not tear down what it could not set up.
    removeRunFolder();
    throw error;
  }
}
