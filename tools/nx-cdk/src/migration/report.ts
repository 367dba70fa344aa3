import type { StepScript } from './commands';
import { locationOf } from './layout';
import type { MigrationPlan, MigrationStep, PairPlan } from './plan';

/** A plan for people, as Markdown. */
export function toMarkdown(plan: MigrationPlan, scripts: readonly StepScript[], notes: readonly string[]): string {
  const fate = (wanted: PairPlan['fate']) => plan.pairs.filter((pair) => pair.fate === wanted);
  const [moving, stuck] = [fate('moves'), fate('cannot-move')];
  const sections = [
    `# Migration of ${plan.environment}`,
    `From ${plan.from.map(code).join(', ')} in ${plan.account}, ${plan.region}, to the stacks of the app. Nothing was changed: ` +
      'what follows is for you to run. Let nobody deploy until it is done, and plan again if somebody did. A stack refactor ' +
      'is checked as a whole by CloudFormation when it is created; if it is refused, nothing has changed.',
    list([
      `${moving.length} resources move`,
      `${fate('stays').length} stay where they are`,
      `${stuck.length} cannot be moved`,
      `${plan.ambiguous.reduce((sum, { from }) => sum + from.length, 0)} are ambiguous and stay`,
      `${plan.onlyDeployed.length} are deployed and not in the app, ${plan.onlyTarget.length} are in the app and not deployed`,
    ]),
    ...(notes.length === 0 ? [] : ['## Before you begin', list(notes)]),
    '## Steps',
    ...scripts.map(({ step, title, commands }, index) =>
      [`### ${index + 1}. ${title}`, explain(step), `\`\`\`bash\n${commands.join('\n')}\n\`\`\``].join('\n\n'),
    ),
    '## What cannot be moved',
    stuck.length === 0
      ? 'Nothing.'
      : stuck
          .map((pair) =>
            [
              `### ${code(pair.from)} (${pair.type})`,
              `Is to be ${code(pair.to)}; ${pair.because}. It cannot be moved: ${pair.obstacles.join('; ')}.`,
              list(pair.alternatives.map(({ way, text }) => `**${WAYS[way]}.** ${text}`)),
            ].join('\n\n'),
          )
          .join('\n\n'),
    '## Ambiguous',
    plan.ambiguous.length === 0
      ? 'Nothing.'
      : 'Nothing is guessed. Say which is which with `--map=OLD=STACK/NEW,…`, or `--map=FILE.json`, and plan again; what is not ' +
        `mapped stays.\n\n${table(
          ['type', 'deployed', 'in the app'],
          plan.ambiguous.map(({ type, from, to }) => [type, from.map(code).join(' '), to.map(code).join(' ')]),
        )}`,
    '## What the deploy changes',
    ...plan.deploys.map((deploy) =>
      [
        `### ${deploy.stackName}`,
        list([
          ...deploy.changes.map(
            ({ key, effect, properties }) =>
              `${code(locationOf(key).logicalId)} ${EFFECTS[effect]}: ${properties.join(', ')}`,
          ),
          ...deploy.adds.map((key) => `${code(locationOf(key).logicalId)} is made`),
          `${deploy.rewrites} resources keep their values`,
        ]),
      ].join('\n\n'),
    ),
    ...(plan.droppedOutputs.length === 0
      ? []
      : [`Outputs that the refactor drops, since nobody imports them: ${plan.droppedOutputs.map(code).join(', ')}.`]),
    '## Only deployed',
    plan.onlyDeployed.length === 0
      ? 'Nothing.'
      : table(
          ['resource', 'type', 'physical id', 'when its stack is deleted'],
          plan.onlyDeployed.map(({ key, type, physicalId = '', deletionPolicy }) => [
            code(key),
            type,
            physicalId,
            deletionPolicy,
          ]),
        ),
    '## Only in the app',
    plan.onlyTarget.length === 0
      ? 'Nothing.'
      : table(
          ['resource', 'type'],
          plan.onlyTarget.map(({ key, type }) => [code(key), type]),
        ),
    '## Pairs',
    table(
      ['deployed', 'in the app', 'type', 'since', 'fate'],
      plan.pairs.map(({ from, to, type, because, fate: what }) => [code(from), code(to), type, because, what]),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

const WAYS = {
  keep: 'Keep it',
  import: 'Retain and import it',
  recreate: 'Recreate it',
  'update-first': 'Change it first',
} as const;

const EFFECTS = {
  none: 'keeps its values',
  update: 'is updated',
  replace: '**is replaced**',
  'may-replace': '**may be replaced**',
} as const;

function explain(step: MigrationStep): string {
  switch (step.kind) {
    case 'prepare':
      return 'An ordinary update that changes no resource: it adds exports that other stacks will need, or a resource that keeps the stack from being empty.';
    case 'refactor': {
      const made = step.stacks.filter(({ isNew }) => isNew).map(({ stackName }) => code(stackName));
      return `${step.stacks.length} stacks take part${made.length === 0 ? '' : `; ${made.join(', ')} come into being`}. No resource is changed; new stacks have no tags and no termination protection until the deploy.`;
    }
    case 'release':
      return `**Interrupts.** Only if these are to be recreated: ${step.resources.map(code).join(', ')}. They are deleted here, and made anew in the next step.`;
    case 'deploy':
      return 'Brings each stack to what the app says: properties, SSM parameters, tags. Read what would ship first.';
    case 'delete':
      return step.resources.length === 0
        ? 'Nothing of the app is left in it.'
        : `Deletes with it: ${step.resources.map(code).join(', ')}. Keep the stack if one of them is to stay.`;
  }
}

const code = (text: string) => `\`${text}\``;
const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
