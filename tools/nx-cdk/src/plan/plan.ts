import { importsOf } from '../assembly/template';
import type { StackDrift } from '../live-state/drift';
import type { DeployedStack } from '../live-state/live-state';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { type Circumstances, evaluate, type Verdict } from './evaluate';
import { driftText } from './drift-text';
import { droppedExports, exportNames, withExports, withTemplate } from './exports-in-use';
import { exportedValues, withoutImports } from './letting-go';
import { type Available, nobodyProvides, regional, unmetNeeds } from './needs';
import { takeoverProblems } from './takeover-problems';
import { inherited, type Takeover } from './takeovers';

/** What one run is to do with one stack. */
export interface PlannedStack {
  /** The stack as it ships in its turn. */
  readonly node: StackNode;
  readonly verdict: Verdict;
  readonly deployed?: DeployedStack;
  /** Why the stack is part of the run although it was not asked for. */
  readonly widened?: string;
  /** The stack's second step: it gives up exports, once the stacks that import them have been updated. */
  readonly release?: Release;
  /** The stack's step before all others: as it is deployed, but without imports from stacks that are about to go. */
  readonly lettingGo?: StackNode;
}

/** A stack gives up exports that it no longer has. */
export interface Release {
  /** The stack without them. */
  readonly node: StackNode;
  readonly exports: readonly string[];
  /** Ids of the stacks that have to be updated before. */
  readonly importers: ReadonlySet<string>;
}

/** A stack of the app that is not part of the run. */
export interface ExcludedStack {
  readonly node: StackNode;
  readonly reason: string;
  /** Whether it differs from what is deployed, all the same. */
  readonly differs: boolean;
}

/** What a run is to do. */
export interface Plan {
  /** Stacks of the run, in order. */
  readonly stacks: readonly PlannedStack[];
  /** Stacks that go before others are created, which take their place. */
  readonly takeovers: readonly Takeover[];
  readonly excluded: readonly ExcludedStack[];
  /** Why nothing may ship; empty when it may. */
  readonly problems: readonly string[];
  /** What a person should know of the plan. */
  readonly notices: readonly string[];
}

/** Everything a plan is made from. */
export interface PlanInput {
  readonly graph: StackGraph;
  /** Ids of the stacks asked for; undefined means all. */
  readonly selected?: ReadonlySet<string>;
  /** The app itself was asked for, beside single stacks. */
  readonly withApp: boolean;
  /** Leave out the phases that are not infrastructure. */
  readonly infraOnly: boolean;
  /** Deployed stacks by stack id. */
  readonly deployed: ReadonlyMap<string, DeployedStack | undefined>;
  /** Present values of SSM parameters, by region, then by name. */
  readonly ssm: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly available: Available;
  /** Names of the stacks that import an export which a new template no longer has, by region and export. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** When stacks whose outputs are read were last updated (ISO 8601), by region and stack name. */
  readonly lastUpdated: ReadonlyMap<string, string>;
  /** New parameter values. */
  readonly given: Readonly<Record<string, string>>;
  /** Stacks that are no longer part of the app and go before others can be created. */
  readonly takeovers: readonly Takeover[];
  /** Parameter values of stacks that went, or are to go, for those that take their place. */
  readonly carried: Readonly<Record<string, string>>;
  readonly force: boolean;
  /** What was changed behind CloudFormation's back and is to be brought back, by stack id. */
  readonly drift: ReadonlyMap<string, StackDrift>;
}

/** Makes the plan of a run. Reads nothing, changes nothing. */
export function makePlan(input: PlanInput): Plan {
  return new Planner(input).plan();
}

class Planner {
  private readonly problems = new Set<string>();
  private readonly notices: string[] = [];
  private readonly planned = new Map<string, PlannedStack>();
  private readonly widened = new Map<string, string>();
  private readonly verdicts = new Map<StackNode, Verdict>();
  private readonly queue: StackNode[];

  public constructor(private readonly input: PlanInput) {
    this.queue = input.graph.nodes.filter((node) => this.outside(node) === undefined);
  }

  public plan(): Plan {
    const { nodes } = this.input.graph;
    if (this.input.withApp) this.bringInChanged();
    for (const takeover of this.input.takeovers.filter(({ allowed }) => allowed)) this.bringInConcerned(takeover);
    for (let node = this.queue.shift(); node; node = this.queue.shift()) {
      if (this.planned.has(node.stack.id)) continue;
      this.planned.set(node.stack.id, this.planStack(node));
      this.bringInProviders(node);
      for (const takeover of this.input.takeovers.filter(({ successors }) => successors.includes(node))) {
        this.bringInConcerned(takeover);
      }
    }
    const going = this.input.takeovers.filter(({ successors }) =>
      successors.some(({ stack }) => this.planned.has(stack.id)),
    );
    for (const problem of takeoverProblems(going)) this.problems.add(problem);
    return {
      stacks: nodes.flatMap(({ stack }) => {
        const planned = this.planned.get(stack.id);
        return planned
          ? [{ ...planned, widened: this.widened.get(stack.id), lettingGo: lettingGo(planned, going) }]
          : [];
      }),
      takeovers: going,
      excluded: nodes.filter(({ stack }) => !this.planned.has(stack.id)).map((node) => this.exclude(node)),
      problems: [...this.problems],
      notices: this.notices,
    };
  }

  /** Why a stack was not asked for; undefined when it was. */
  private outside({ phase, stack }: StackNode): string | undefined {
    const { infraOnly, selected } = this.input;
    if (infraOnly && phase?.infrastructure === false) return `phase ${phase.name} is left out by --infraOnly`;
    return selected && !selected.has(stack.id) ? 'not selected' : undefined;
  }

  private bringIn(node: StackNode, why: string): void {
    if (this.planned.has(node.stack.id) || this.widened.has(node.stack.id) || this.outside(node) === undefined) return;
    this.widened.set(node.stack.id, why);
    this.queue.push(node);
  }

  /**
   * Nx selects the app with every stack, and also when a file of its own has changed: which stacks that concerns, only their
   * templates tell.
   */
  private bringInChanged(): void {
    for (const node of this.input.graph.nodes.filter((other) => this.outside(other) === 'not selected')) {
      const verdict = this.verdictOf(node);
      if (verdict.action === 'update' && verdict.templateDiffers) {
        this.bringIn(node, 'the app is selected, and the template of the stack differs');
      }
    }
  }

  private verdictOf(node: StackNode): Verdict {
    const known = this.verdicts.get(node);
    if (known) return known;
    const verdict = evaluate(node.stack, this.input.deployed.get(node.stack.id), circumstancesOf(node, this.input));
    this.verdicts.set(node, verdict);
    return verdict;
  }

  private planStack(node: StackNode): PlannedStack {
    const deployed = this.input.deployed.get(node.stack.id);
    const importersOf = (name: string) => this.input.importers.get(regional(node.stack.region, name)) ?? [];
    const inUse = droppedExports(node, deployed).filter((name) => importersOf(name).length > 0);
    if (inUse.length === 0 || !deployed?.template) return { node, verdict: this.verdictOf(node), deployed };

    const lettingGo = new Map<string, StackNode>();
    const holding = new Set<string>();
    const stuck = inUse.filter((name) => {
      const others = importersOf(name).map((importer) => this.importerLettingGo(importer, name, node) ?? importer);
      const held = others.filter((other) => typeof other === 'string');
      for (const other of others) if (typeof other !== 'string') lettingGo.set(other.stack.id, other);
      for (const other of held) holding.add(other);
      return held.length > 0;
    });
    if (stuck.length > 0) {
      this.notices.push(`${node.name} keeps ${exportNames(stuck)}, still imported by ${[...holding].join(', ')}.`);
    }
    const last =
      stuck.length === 0 ? node : withTemplate(node, withExports(node.stack.template, deployed.template, stuck));
    if (lettingGo.size === 0) return { node: last, verdict: this.verdictOf(last), deployed };

    const first = withTemplate(node, withExports(node.stack.template, deployed.template, inUse));
    const released = inUse.filter((name) => !stuck.includes(name));
    for (const importer of lettingGo.values()) {
      this.bringIn(importer, `it still imports ${exportNames(released)}, which ${node.name} no longer has`);
    }
    const release = { node: last, exports: released, importers: new Set(lettingGo.keys()) };
    return { node: first, verdict: this.verdictOf(first), deployed, release };
  }

  /** The stack of that name, if this run can make it stop importing the export. */
  private importerLettingGo(stackName: string, exportName: string, from: StackNode): StackNode | undefined {
    const { graph, infraOnly } = this.input;
    const node = graph.nodes.find(
      ({ stack }) => stack.stackName === stackName && stack.region === from.stack.region && stack.id !== from.stack.id,
    );
    const leftOut = infraOnly && node?.phase?.infrastructure === false;
    return node && !leftOut && !importsOf(node.stack.template).includes(exportName) ? node : undefined;
  }

  private bringInProviders(node: StackNode): void {
    const { graph, available } = this.input;
    for (const need of unmetNeeds(node, graph, available)) {
      const { provider, kind, name } = need;
      if (provider === undefined) {
        this.problems.add(nobodyProvides(node, need, graph));
        continue;
      }
      const left = this.outside(provider);
      if (left === undefined || left === 'not selected') {
        this.bringIn(provider, `${node.name} needs its ${kind} ${name}, which is not there yet`);
      } else {
        this.problems.add(
          `${node.name} needs the ${kind} ${name}, which ${provider.name} publishes and which is not there yet, ` +
            `but ${left}. Run without --infraOnly.`,
        );
      }
    }
  }

  /** A stack goes only when all that take its place come, and when nobody imports from it any more. */
  private bringInConcerned(takeover: Takeover): void {
    const { node: leaving, successors } = takeover;
    const importers = this.input.graph.nodes.filter(({ stack }) => {
      const template = this.input.deployed.get(stack.id)?.template ?? {};
      const exported = exportedValues(takeover.deployed);
      return importsOf(template).some((name) => exported.has(name));
    });
    const concerned = [
      ...successors.map((node) => ({ node, does: `takes the place of ${leaving.name}` })),
      ...importers.map((node) => ({
        node,
        does: `imports from ${leaving.name}, which goes before others can be created`,
      })),
    ];
    for (const { node, does } of concerned) {
      const left = this.outside(node);
      if (left === undefined || left === 'not selected') this.bringIn(node, `it ${does}`);
      else this.problems.add(`${node.name} ${does}, but ${left}. Run without --infraOnly.`);
    }
  }

  private exclude(node: StackNode): ExcludedStack {
    const reason = this.outside(node) ?? 'not selected';
    const verdict = this.verdictOf(node);
    const differs = verdict.action !== 'unchanged';
    return { node, reason: differs ? `${reason}, although ${verdict.reason}` : reason, differs };
  }
}

/** The stack as it is deployed, without imports from stacks that go; undefined when it has none. */
function lettingGo({ node, deployed }: PlannedStack, going: readonly Takeover[]): StackNode | undefined {
  if (!deployed?.template) return undefined;
  const near = going.filter((takeover) => takeover.node.stack.region === node.stack.region);
  const values = new Map(near.flatMap((takeover) => [...exportedValues(takeover.deployed)]));
  const template = withoutImports(
    deployed.template,
    values,
    near.map((takeover) => takeover.node.stack.stackName),
  );
  return template && withTemplate(node, template);
}

/** What beside a stack itself decides whether it ships. */
export function circumstancesOf(
  { stack }: StackNode,
  {
    given,
    carried,
    deployed,
    ssm,
    force,
    drift,
    lastUpdated,
  }: Pick<PlanInput, 'given' | 'carried' | 'deployed' | 'ssm' | 'force' | 'drift' | 'lastUpdated'>,
): Circumstances {
  const own = drift.get(stack.id);
  return {
    given: { ...inherited(carried, deployed.get(stack.id)), ...given },
    force,
    drift: own && driftText(own),
    ssm: ssm.get(stack.region) ?? new Map<string, string>(),
    updatedAt: (stackName, region = stack.region) => lastUpdated.get(regional(region, stackName)),
  };
}
