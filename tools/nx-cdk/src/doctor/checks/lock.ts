import { nxCommand } from '../../config/app-model';
import { describeLock, judgeLock } from '../../lock/judge-lock';
import { parseLock } from '../../lock/lock';
import { isRunning, thisProcess } from '../../lock/this-process';
import { type Check, ok, problem } from '../check';

/** Nobody who is gone has left a lock. */
export const lock: Check = {
  name: 'lock',
  run: async ({ app, environment, facts }) => {
    const text = await facts.lock();
    if (text === undefined) return [ok(`${environment} is not locked`)];
    const found = parseLock(text);
    const unlock = nxCommand(app, environment, 'unlock');
    if (!found) return [problem(`${environment} is locked by somebody who cannot be read (${text})`, unlock)];
    const who = `${environment} is locked by ${describeLock(found, new Date())}`;
    switch (judgeLock(found, thisProcess(), '', isRunning)) {
      case 'held':
      case 'own':
        return [ok(`${who}, which runs`)];
      case 'stale':
        return [ok(`${who}, which has ended; the next run takes the lock over`)];
      case 'elsewhere':
        return [problem(`${who}, on another machine`, `Wait for it. If that run no longer exists: ${unlock}`)];
    }
  },
};
