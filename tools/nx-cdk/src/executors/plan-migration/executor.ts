import { MIGRATION_OPTIONS, parseMigrationOptions } from '../../migration/options';
import { AwsMigrationReads } from '../../migration/reads';
import { runPlanMigration } from '../../migration/run-plan-migration';
import { executorOf } from '../operation';

/** Plans how resources of deployed stacks get into the stacks of the app without being made anew. */
export default executorOf({
  name: 'plan-migration',
  kinds: MIGRATION_OPTIONS,
  parse: parseMigrationOptions,
  run: async (request, parts) => {
    const reads = new AwsMigrationReads((call, error) => parts.pace.retried(call, error));
    const { plan, report } = await runPlanMigration(request, { ...parts, reads });
    const count = (fate: string) => plan.pairs.filter((pair) => pair.fate === fate).length;
    parts.say(
      `${count('moves')} resources move in ${plan.steps.filter(({ kind }) => kind === 'refactor').length} operations, ` +
        `${count('stays')} stay, ${count('cannot-move')} cannot be moved, ` +
        `${plan.ambiguous.reduce((sum, { from }) => sum + from.length, 0)} are ambiguous. Nothing was changed.`,
    );
    parts.say(`What to do, and why: ${report}`);
    return true;
  },
});
