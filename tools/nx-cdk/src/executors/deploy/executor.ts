import { deploy } from '../../engine/deploy';
import { DEPLOY_OPTIONS, parseDeployOptions } from '../../options/options';
import { entryPointsOf } from '../entry-points';

/** Ships the stacks of one task, or of all tasks of a batch in one run, in order. */
const { single, batch } = entryPointsOf({
  name: 'deploy',
  kinds: DEPLOY_OPTIONS,
  parse: parseDeployOptions,
  run: deploy,
});

export default single;
export { batch };
