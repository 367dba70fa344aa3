import { CHANGES, countChanges } from './changes';
import {
  allowOption,
  type AppDiff,
  destructiveOf,
  differing,
  type ResourceDiff,
  type StackDiff,
  summaryOf,
} from './diff';
import { propertyText } from './diff-text';
import { fenced, text } from './markdown-text';

/** A comment of GitHub takes 65,536 characters; what comes around it needs some. */
const LONGEST = 60_000;

/** What a deploy would change, as Markdown for a comment on a pull request: what is destructive first, details folded. */
export function diffMarkdown(diff: AppDiff): string {
  const stacks = differing(diff);
  const head = [
    `## ${text(diff.environment)}: ${stacks.length === 0 ? 'nothing would change' : text(summaryOf(diff))}`,
    '',
    ...section('What stands against a deploy', diff.problems),
    ...destructive(diff),
    ...section('To know', [
      ...diff.notices,
      ...diff.noLongerPartOfTheApp.map((name) => `${name} is deployed, but no longer part of the app.`),
    ]),
    ...(stacks.length === 0 ? [] : [...table(stacks), '']),
  ];
  const foot = [`Account ${diff.account}, ${diff.region}`, ''];
  const budget = LONGEST - [...head, ...foot].join('\n').length;
  return `${[...head, ...details(stacks, budget), ...foot].join('\n')}`;
}

function destructive(diff: AppDiff): string[] {
  const changes = destructiveOf(diff);
  if (changes.length === 0) return [];
  return [
    '### ⚠ Destructive',
    '',
    ...changes.map(
      ({ stack, logicalId, type, destructive: effect, path }) =>
        `- **${text(stack)}**: ${text(path ?? logicalId)} (${type}, ${logicalId}) ${text(effect ?? '')}`,
    ),
    '',
    'A deploy refuses them without:',
    '',
    ...fenced(allowOption(diff)),
    '',
  ];
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, '', ...items.map((item) => `- ${text(item)}`), ''];
}

function table(stacks: readonly StackDiff[]): string[] {
  return [
    '| Phase | Stack | Would | Why | Resources |',
    '| --- | --- | --- | --- | --- |',
    ...stacks.map(({ phase, name, action, reason, resources }) => {
      const cells = [phase ?? '', name, action, reason, countChanges(resources)];
      return `| ${cells.map(text).join(' | ')} |`;
    }),
  ];
}

/** Each stack's resources, as far as there is room for them. */
function details(stacks: readonly StackDiff[], budget: number): string[] {
  const lines: string[] = [];
  let left = budget;
  for (const stack of stacks.filter(({ resources }) => resources.length > 0)) {
    const own = [
      `<details><summary>${text(stack.name)}: ${countChanges(stack.resources)}</summary>`,
      '',
      ...fenced(stack.resources.flatMap(resourceLines).join('\n')),
      '',
      '</details>',
      '',
    ];
    left -= own.join('\n').length + 1;
    if (left < 0)
      return [...lines, `The resources of ${text(stack.name)} and later stacks do not fit into a comment.`, ''];
    lines.push(...own);
  }
  return lines;
}

function resourceLines({ change, type, logicalId, path, destructive: effect, properties }: ResourceDiff): string[] {
  return [
    `${CHANGES[change].mark} ${path ?? logicalId} (${type})${effect === undefined ? '' : `  DESTRUCTIVE: it ${effect}`}`,
    ...properties.map((property) => `    ${propertyText(property)}`),
  ];
}
