import { randomUUID } from 'node:crypto';
import type { CustomHasher } from '@nx/devkit';

/** What is deployed is in no file: with a configuration the result must not come from the cache; without one, it may. */
const hasher: CustomHasher = async (task, { taskGraph, hasher: nx }) => {
  const hash = await nx.hashTask(task, taskGraph, process.env);
  return task.target.configuration === undefined ? hash : { ...hash, value: randomUUID() };
};

export default hasher;
