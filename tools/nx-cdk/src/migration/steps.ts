import { locationOf } from './layout';

/** The most stacks that one stack refactor takes, those it takes from included. */
export const STACKS_PER_REFACTOR = 5;

/** A resource that changes its place. */
export interface Move {
  /** Key of where it is before the migration. */
  readonly from: string;
  /** Key of where it is to be. */
  readonly to: string;
}

/** Resources that move in one operation. */
export interface MoveStep {
  /** Stacks that get resources, each after those that it refers to as far as that is possible. */
  readonly targets: readonly string[];
  /** Stacks that give resources. None of them is a target in the same step. */
  readonly sources: readonly string[];
  readonly moves: readonly Move[];
}

const sourceOf = ({ from }: Move) => locationOf(from).stackName;
const targetOf = ({ to }: Move) => locationOf(to).stackName;

/** How moves are divided. */
export interface Division {
  readonly steps: readonly MoveStep[];
  /** Moves within a stack that takes part in nothing else: a refactor works between two stacks at least. */
  readonly alone: readonly Move[];
}

/**
 * Divides moves into operations of two to five stacks, in which each stack either gives or gets. A stack that gives resources
 * and gets others does so in different steps. A resource that only gets another logical id does so in the first step that
 * its stack takes part in.
 *
 * @param order the stacks of the app, each after those it refers to.
 */
export function divide(moves: readonly Move[], order: readonly string[]): Division {
  const rank = new Map(order.map((name, index) => [name, index]));
  const between = moves.filter((move) => sourceOf(move) !== targetOf(move));
  const groups = new Map<string, Move[]>();
  for (const move of between) {
    const key = `${targetOf(move)}/${sourceOf(move)}`;
    groups.set(key, [...(groups.get(key) ?? []), move]);
  }
  const inOrder = [...groups.values()].sort(
    ([a], [b]) => rank.get(targetOf(a!))! - rank.get(targetOf(b!))! || sourceOf(a!).localeCompare(sourceOf(b!)),
  );
  const steps: { targets: Set<string>; sources: Set<string>; moves: Move[] }[] = [];
  for (const group of inOrder) {
    const [target, source] = [targetOf(group[0]!), sourceOf(group[0]!)];
    let step = steps.at(-1);
    if (!step || !fits(step, target, source)) {
      step = { targets: new Set(), sources: new Set(), moves: [] };
      steps.push(step);
    }
    step.targets.add(target);
    step.sources.add(source);
    step.moves.push(...group);
  }
  const alone: Move[] = [];
  for (const move of moves.filter((one) => sourceOf(one) === targetOf(one))) {
    const step = steps.find(({ targets, sources }) => targets.has(sourceOf(move)) || sources.has(sourceOf(move)));
    if (step) step.moves.push(move);
    else alone.push(move);
  }
  return {
    steps: steps.map((step) => ({ targets: [...step.targets], sources: [...step.sources], moves: step.moves })),
    alone,
  };
}

function fits(step: { targets: ReadonlySet<string>; sources: ReadonlySet<string> }, target: string, source: string) {
  const stacks = new Set([...step.targets, ...step.sources, target, source]);
  return stacks.size <= STACKS_PER_REFACTOR && !step.sources.has(target) && !step.targets.has(source);
}
