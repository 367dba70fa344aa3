import type { NormalizedOptions, StackToMove } from './options';
import type { MovedAlias, SharedFile } from './shared-code';

/** What the app's code showed before the stacks moved. */
export interface Findings {
  /** By stack, the projects of those that come before it. */
  readonly dependsOn: ReadonlyMap<string, readonly string[]>;
  readonly shared: readonly SharedFile[];
  readonly dependOnPlace: readonly StackToMove[];
  readonly aliases: readonly MovedAlias[];
  /** Targets of the app that hide the plug-in's. */
  readonly hidden: readonly string[];
}

/** What is left for a person to do after an app was set up. */
export function nextSteps(options: NormalizedOptions, findings: Findings): string {
  const { app, stacks, section } = options;
  const done = stacks.map(({ stack, project, target }) => `  ${stack}: project ${project}, ${target}\n`).join('');
  const [environment] = Object.keys(section.environments);
  const steps = [
    ...leftSteps(options),
    `Read the context value "environment" in the code of ${app}, name the stacks ${section.stackName} by it, with the ` +
      'names above, and give each an explicit account and region. A deployed stack under another name is another stack.',
    ...findings.dependOnPlace.map(({ target }) => `Mend the paths in ${target}, which follow from where the file is.`),
    ...findings.aliases.map(({ alias, target }) => `Let the alias ${alias} in tsconfig.json lead to ${target}.`),
    ...hiddenSteps(options, findings),
    ...edgeSteps(options, findings),
    ...sharedSteps(findings),
    `See where it ships: npx nx run ${app}:deploy --configuration=${environment} --dryRun`,
  ];
  const list = steps.map((step, index) => `${index + 1}. ${step}\n`).join('');
  return `\nThe app ${app} is set up, with ${stacks.length} of its stacks as projects.\n${done}What remains:\n${list}`;
}

function leftSteps({ app, left, stacks }: NormalizedOptions): string[] {
  const none = `No stack was found. Add one with: npx nx g @v3-backend/nx-cdk:stack <name> --app=${app}`;
  const move = (file: string, reason: string) =>
    `${file} ${reason}, as stacks/<name>/stack.ts, and write a project.json with a name beside it.`;
  if (stacks.length === 0 && left.length === 0) return [none];
  return left.map(({ file, reason }) => move(file, reason));
}

function hiddenSteps({ app }: NormalizedOptions, { hidden }: Findings): string[] {
  if (hidden.length === 0) return [];
  return [
    `Rename or remove what ${app} has as targets or scripts ${hidden.join(', ')}: they hide those of the plug-in. ` +
      'Or give those a prefix: targetPrefix in cdk.json.',
  ];
}

function edgeSteps({ stacks }: NormalizedOptions, { dependsOn }: Findings): string[] {
  const stated = stacks
    .map(({ stack }) => ({ stack, needs: dependsOn.get(stack) ?? [] }))
    .filter(({ needs }) => needs.length > 0)
    .map(({ stack, needs }) => `${stack} after ${needs.join(', ')}`);
  if (stacks.length < 2) return [];
  return stated.length > 0
    ? [`Compare implicitDependencies in the stacks' project.json with the app. Its code shows: ${stated.join('; ')}.`]
    : [
        'State which stacks come before which as implicitDependencies in their project.json. The code of the app shows ' +
          'none, so neither does: npx nx graph',
      ];
}

function sharedSteps({ shared }: Findings): string[] {
  if (shared.length === 0) return [];
  const imports = shared.map(({ stack, file }) => `${stack} imports ${file}`).join(', ');
  return [
    'Move what stacks share out of the app, to a project of its own: ' +
      `${imports}, so every change to the app affects such a stack.`,
  ];
}
