import { posix } from 'node:path';
import type { NormalizedOptions } from './options';

/** What is left for a person to do after a stack was generated. */
export function nextSteps({ app, appRoot, root, stack, className, stackName, dependsOn }: NormalizedOptions): string {
  const module = `./${posix.relative(appRoot, posix.join(root, 'stack'))}`;
  const before = dependsOn.map((needed) => needed.stack).join(', ');
  const steps = [
    `Compose ${className} (${module}) in the code of ${app}, as the stack ${stackName}, with an account and a region.`,
    ...(before === '' ? [] : [`Let it depend on ${before} there, by what it uses of them or with addDependency.`]),
    `Give it resources: CloudFormation takes no stack without any.`,
    `See where it ships: npx nx run ${app}:deploy --configuration=<environment> --dryRun`,
  ];
  return `\nThe stack ${stack} is there. What remains:\n${steps.map((step, index) => `${index + 1}. ${step}\n`).join('')}`;
}
