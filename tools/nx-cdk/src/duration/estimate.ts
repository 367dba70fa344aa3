/**
 * How long something takes, in seconds: what half of the cases stay below, and what 95 of 100 do.
 *
 * Parts that follow each other vary independently here, so that the distances between the two numbers add like the sides
 * of a right triangle: the sum of all upper numbers would be a run in which everything is slow at once.
 */
export interface Estimate {
  readonly typical: number;
  readonly high: number;
}

/** Nothing takes no time. */
export const NONE: Estimate = { typical: 0, high: 0 };

/** Parts that follow each other. */
export function sum(...parts: readonly Estimate[]): Estimate {
  const typical = parts.reduce((total, part) => total + part.typical, 0);
  return { typical, high: typical + Math.hypot(...parts.map((part) => part.high - part.typical)) };
}

/** Parts that run side by side. */
export function longest(parts: readonly Estimate[]): Estimate {
  return {
    typical: Math.max(0, ...parts.map(({ typical }) => typical)),
    high: Math.max(0, ...parts.map(({ high }) => high)),
  };
}

/** `1 min 40 s to 2 min 20 s`, rounded to what a model can know. */
export function inWords({ typical, high }: Estimate): string {
  const [from, to] = [duration(typical), duration(high)];
  return from === to ? from : `${from} to ${to}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 600) {
    const rounded = Math.round(seconds / 10) * 10;
    const [minutes, rest] = [Math.floor(rounded / 60), rounded % 60];
    return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  }
  return `${Math.round(seconds / 60)} min`;
}
