/**
 * Before the tests of a project: gives them a temporary folder of their own, which goes with all that they leave in it.
 *
 * An app of aws-cdk-lib without an output folder makes a temporary one, and removes it when its process exits. Jest ends its
 * workers before that.
 */
const { mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { constants, tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = function useOwnTemporaryFolder() {
  const shared = tmpdir();
  removeAbandoned(shared);
  const folder = mkdtempSync(join(shared, `v3-backend-test-${process.pid}-`));
  // The workers inherit it, and what they start.
  process.env.TMPDIR = folder;
  process.once('exit', () => remove(folder));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
};

/** Nx kills Jest when it is stopped itself, with a signal that no process can handle. */
function removeAbandoned(shared) {
  for (const name of readdirSync(shared)) {
    const [, id] = /^v3-backend-test-(\d+)-/.exec(name) ?? [];
    if (id !== undefined && !isRunning(Number(id))) remove(join(shared, name));
  }
}

/** A worker that is being stopped may write one more file meanwhile. */
const remove = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

function isRunning(id) {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
