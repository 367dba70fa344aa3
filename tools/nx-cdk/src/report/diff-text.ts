import type { PropertyDifference } from '../plan/property-differences';
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

/** What a deploy would change, for a terminal. Resources that are new are only counted. */
export function diffText(diff: AppDiff): string {
  return [
    `${diff.environment} (account ${diff.account}, ${diff.region})`,
    ...diff.problems.map((problem) => `✖ ${problem}`),
    ...diff.notices,
    ...differing(diff).flatMap(stackLines),
    ...diff.noLongerPartOfTheApp.map((name) => `${name} is deployed, but no longer part of the app`),
    '',
    summaryOf(diff),
    ...(destructiveOf(diff).length === 0 ? [] : [`A deploy needs ${allowOption(diff)} for them.`]),
  ].join('\n');
}

function stackLines({ name, action, reason, resources }: StackDiff): string[] {
  const others = resources.filter(({ change }) => change !== 'add');
  const added = resources.filter(({ change }) => change === 'add');
  return [
    '',
    `${name}: ${action}, ${reason}`,
    ...(added.length === 0 ? [] : [`  + ${countChanges(added)}`]),
    ...others.flatMap(resourceLines),
  ];
}

function resourceLines({ change, type, logicalId, path, destructive, properties }: ResourceDiff): string[] {
  const mark = destructive === undefined ? '' : `  DESTRUCTIVE: it ${destructive}`;
  return [
    `  ${CHANGES[change].mark} ${CHANGES[change].word} ${path ?? logicalId} (${type}, ${logicalId})${mark}`,
    ...properties.map((property) => `      ${propertyText(property)}`),
  ];
}

/** E.g. `RetentionInDays: 30 → 90`. */
export function propertyText({ path, before, after }: PropertyDifference): string {
  if (before === undefined) return `${path}: added, ${after}`;
  return after === undefined ? `${path}: removed, was ${before}` : `${path}: ${before} → ${after}`;
}
