import { type Estimate, longest, NONE, sum } from './estimate';

/** Stacks that ship, in the order in which they start when they could start at the same time. */
export interface TimedPlan {
  readonly durations: ReadonlyMap<string, Estimate>;
  /** What comes before a stack; what does not ship is done. */
  readonly needs: (id: string) => Iterable<string>;
  /** The most stacks at once. */
  readonly concurrency: number;
}

/** How long a plan takes: each stack as soon as what it needs is done and a place is free. */
export function planDuration({ durations, needs, concurrency }: TimedPlan): Estimate {
  const waiting = new Set(durations.keys());
  const ends = new Map<string, Estimate>();
  let places: Estimate[] = Array.from({ length: concurrency }, () => NONE);
  while (waiting.size > 0) {
    const ready = [...waiting]
      .filter((id) => [...needs(id)].every((needed) => !waiting.has(needed)))
      .map((id) => ({ id, from: longest([...needs(id)].flatMap((needed) => ends.get(needed) ?? [])) }))
      .sort((a, b) => a.from.typical - b.from.typical);
    const next = ready[0];
    if (!next) throw new Error(`The stacks ${[...waiting].join(', ')} wait for each other.`);
    places = places.sort((a, b) => a.typical - b.typical);
    const end = sum(longest([next.from, places[0]!]), durations.get(next.id)!);
    places = [end, ...places.slice(1)];
    ends.set(next.id, end);
    waiting.delete(next.id);
  }
  return longest([...ends.values()]);
}
