import { unlock } from '../../engine/unlock';
import { parseNoOptions } from '../../options/options';
import { executorOf } from '../operation';

/** Lifts the lock of an environment. */
export default executorOf({
  name: 'unlock',
  kinds: {},
  parse: (given) => ({ options: {}, problems: parseNoOptions(given) }),
  run: async (request, parts) => {
    parts.say(await unlock(request, parts));
    return true;
  },
});
