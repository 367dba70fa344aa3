import type { Parsed } from './options';

export interface CalibrateOptions {
  /** Files with events, as they were given. */
  readonly events: readonly string[];
}

/** Reads the options of `calibrate`. */
export function parseCalibrateOptions(given: Readonly<Record<string, unknown>>): Parsed<CalibrateOptions> {
  const { events: text, ...others } = given;
  const unknown = Object.keys(others).map((name) => `--${name}: there is no such option; the only one is --events`);
  const events = typeof text === 'string' ? text.split(',').filter((file) => file !== '') : [];
  const missing =
    '--events is missing. Give it files written by: aws cloudformation describe-stack-events --stack-name <stack>';
  return { options: { events }, problems: [...(events.length === 0 ? [missing] : []), ...unknown] };
}
