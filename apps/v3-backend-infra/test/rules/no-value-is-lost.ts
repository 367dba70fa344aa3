import { type Rule } from './rule';

/** A value that was lost on its way into a template. */
export const noValueIsLost: Rule = (stacks) =>
  stacks
    .map(({ name, template }) => [name, JSON.stringify(template).match(/undefined|\[object Object\]|NaN|dummy-value/)])
    .filter(([, match]) => match)
    .map(([name, match]) => `${name}: ${match}`);
