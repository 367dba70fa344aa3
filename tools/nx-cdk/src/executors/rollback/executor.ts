import { rollback } from '../../engine/rollback';
import { ROLLBACK_OPTIONS, parseRollbackOptions } from '../../options/options';
import { entryPointsOf } from '../entry-points';

/** Rolls the stacks of one task back, or those of all tasks of a batch in one run. */
const { single, batch } = entryPointsOf({
  name: 'rollback',
  kinds: ROLLBACK_OPTIONS,
  parse: parseRollbackOptions,
  run: rollback,
});

export default single;
export { batch };
