import { posix } from 'node:path';
import type { NormalizedOptions } from './options';

/** What is left for a person to do after a stack was generated. @param composedIn the file in which it was composed. */
export function nextSteps(options: NormalizedOptions, composedIn: string | undefined): string {
  const { app, stack } = options;
  const steps = [
    ...(composedIn === undefined ? compositionSteps(options) : []),
    `Give it resources: CloudFormation takes no stack without any.`,
    `See where it ships: npx nx run ${app}:deploy --configuration=<environment> --dryRun`,
  ];
  const composed = composedIn === undefined ? '' : `, and composed in ${composedIn}`;
  const list = steps.map((step, index) => `${index + 1}. ${step}\n`).join('');
  return `\nThe stack ${stack} is there${composed}. What remains:\n${list}`;
}

function compositionSteps({ app, appRoot, root, className, stackName, dependsOn }: NormalizedOptions): string[] {
  const module = `./${posix.relative(appRoot, posix.join(root, 'stack'))}`;
  const before = dependsOn.map((needed) => needed.stack).join(', ');
  return [
    `Compose ${className} (${module}) in the code of ${app}, as the stack ${stackName}, with an account and a region.`,
    ...(before === '' ? [] : [`Let it depend on ${before} there, by what it uses of them or with addDependency.`]),
  ];
}
