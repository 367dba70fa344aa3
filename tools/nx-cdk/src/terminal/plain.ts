import type { Listener } from '../events/event';
import { lastingLines, progressLine } from './lines';

/** How often a stack that takes long is mentioned again. */
const REMINDER_MS = 15_000;

/** Renders events as lines that are never changed again. */
export function plainRenderer(print: (line: string) => void, { verbose }: { readonly verbose: boolean }): Listener {
  const mentioned = new Map<string, number>();
  return (event) => {
    const lines = lastingLines(event, verbose);
    if (event.type === 'stack-started') {
      mentioned.set(event.name, Date.now());
      if (lines.length === 0) lines.push(`▸ ${event.name}: ${event.verb}`);
    } else if (event.type === 'stack-progress' && lines.length === 0) {
      if (Date.now() - (mentioned.get(event.name) ?? 0) >= REMINDER_MS) {
        mentioned.set(event.name, Date.now());
        lines.push(progressLine(event));
      }
    }
    lines.forEach(print);
  };
}
