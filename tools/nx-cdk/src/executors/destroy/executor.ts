import { destroy } from '../../engine/destroy';
import { DESTROY_OPTIONS, parseDestroyOptions } from '../../options/options';
import { entryPointsOf } from '../entry-points';

/** Deletes the stacks of one task, or of all tasks of a batch in one run, dependents first. */
const { single, batch } = entryPointsOf({
  name: 'destroy',
  kinds: DESTROY_OPTIONS,
  parse: parseDestroyOptions,
  run: destroy,
});

export default single;
export { batch };
