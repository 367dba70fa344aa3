import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { diff } from '../../engine/diff';
import { refuseOn } from '../../engine/refusal';
import { type AssemblyFindings, assemblyFindings, environmentsOf, validateOffline } from '../../engine/validate';
import { readAppModel } from '../../config/app-model';
import { explainError } from '../../live-state/explain-error';
import { parseNoOptions } from '../../options/options';
import { parseDiffOptions } from '../../options/inspection-options';
import { assemblyDirectory } from '../../plugin/targets';
import { diffText } from '../../report/diff-text';
import { synthesize } from '../../synth/synthesize';
import { executorOf } from '../operation';
import { givenOptions, type TargetOptions, wordsOf } from '../target';

/** Whether the stacks of an environment fit together, and what a deploy of them would change. */
const withDeployed = executorOf({
  name: 'validate',
  kinds: {},
  parse: (given) => ({ options: parseDiffOptions({}).options, problems: parseNoOptions(given) }),
  run: async (request, parts) => {
    const { app, environment, workspaceRoot } = request;
    refuseOn(request.optionProblems);
    const directory = join(workspaceRoot, assemblyDirectory(environment));
    await synthesize(app, environment, workspaceRoot, directory);
    const found = assemblyFindings(app, environment, directory);
    parts.say(lines(found).join('\n'));
    if (found.problems.length > 0) return false;
    const changes = await diff(request, parts);
    parts.say(`\n${diffText(changes)}`);
    return changes.problems.length === 0;
  },
});

/** Whether the stacks of every environment fit together, without asking AWS. */
async function offline(target: TargetOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    refuseOn(parseNoOptions(givenOptions(target, wordsOf(target), {})));
    const app = readAppModel(context.root, target.app, context.projectsConfigurations.projects);
    let success = true;
    for (const environment of environmentsOf(app)) {
      const found = await validateOffline(app, environment, context.root);
      process.stdout.write(`${lines(found).join('\n')}\n`);
      success &&= found.problems.length === 0;
    }
    const names = Object.keys(app.config.environments).join('|');
    process.stdout.write(`Nothing was compared with what is deployed; --configuration=<${names}> does that.\n`);
    return { success };
  } catch (error) {
    process.stderr.write(`${explainError(error)}\n`);
    return { success: false };
  }
}

function lines({ environment, stacks, problems, notices }: AssemblyFindings): string[] {
  const verdict = problems.length === 0 ? `✔ ${environment}: ${stacks} stacks fit together` : `✖ ${environment}`;
  return [verdict, ...[...problems, ...notices].map((text) => `  ${text}`)];
}

/** With a configuration it is about that environment and what is deployed; without one, about all, and asks nobody. */
export default function validate(target: TargetOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const chosen = target.environment !== undefined || context.configurationName !== undefined;
  return chosen ? withDeployed(target, context) : offline(target, context);
}
