import { createHash } from 'node:crypto';
import { type Naming, textOf } from './forms';
import { identityOf, type Candidate } from './sides';

/** A deployed resource and the one of the app that it is to become. */
export interface Pairing {
  readonly from: string;
  readonly to: string;
  /** What shows that they are the same, as a phrase. */
  readonly because: string;
}

/** Resources that may be the same, but nothing tells which is which. */
export interface Ambiguity {
  readonly type: string;
  /** Keys of the deployed ones. */
  readonly from: readonly string[];
  /** Keys of those of the app. */
  readonly to: readonly string[];
}

/** How the resources of both sides belong together. */
export interface Pairings {
  readonly pairs: readonly Pairing[];
  readonly ambiguous: readonly Ambiguity[];
  /** Keys of deployed resources that the app has not. */
  readonly onlyDeployed: readonly string[];
  /** Keys of resources of the app that are not deployed. */
  readonly onlyTarget: readonly string[];
}

/**
 * Pairs deployed resources with those of the app, of the same type, one to one. The evidence, the strongest first: what the
 * caller says; the same place; the same identity (a physical name, or for instance the port of a listener); the construct
 * path; the logical id; the same properties and neighbours; names that end alike. A pair
 * helps to recognize others, since references to the two are the same from then on. Evidence that fits several counts for
 * none of them.
 *
 * @param stated by key of a deployed resource: the key of the app's resource.
 */
export function pairResources(
  deployed: readonly Candidate[],
  target: readonly Candidate[],
  stated: ReadonlyMap<string, string>,
): Pairings {
  const matcher = new Matcher(deployed, target);
  for (const [from, to] of stated) matcher.add(from, to, 'the mapping says so');
  const statedTo = new Set(stated.values());
  for (const { key, type } of deployed) {
    const same = target.find((one) => one.key === key && one.type === type);
    if (same && !statedTo.has(key) && !stated.has(key)) matcher.add(key, key, 'it stays where it is');
  }
  for (let before = -1; before !== matcher.pairs.length;) {
    before = matcher.pairs.length;
    const evidence: readonly [(one: Candidate) => string | undefined, (one: Candidate) => string][] = [
      [(one) => matcher.identity(one), (one) => `same ${identityOf(one)!.names.join(', ')}`],
      [
        ({ path }) => (path.length > 0 ? path.join('/') : undefined),
        ({ path }) => `same construct path ${path.join('/')}`,
      ],
      [({ location }) => location.logicalId, ({ location }) => `same logical id ${location.logicalId}`],
      [matcher.colours('none'), () => 'same properties'],
      [matcher.colours('paired'), () => 'same properties, and the same resources refer to it'],
      [matcher.colours('all'), () => 'same properties and neighbours'],
    ];
    // The strongest evidence that says anything new, since it changes what the others see.
    if (!evidence.some(([tell, because]) => matcher.match(tell, because))) matcher.matchNameEnds();
  }
  return matcher.result();
}

class Matcher {
  public readonly pairs: Pairing[] = [];
  private readonly byKey: ReadonlyMap<string, Candidate>;
  /** By key of either side: what its pair is called. */
  private readonly names = new Map<string, string>();
  private readonly openFrom: Map<string, Candidate>;
  private readonly openTo: Map<string, Candidate>;

  public constructor(
    private readonly deployed: readonly Candidate[],
    private readonly target: readonly Candidate[],
  ) {
    this.byKey = new Map(deployed.map((one) => [one.key, one]));
    this.openFrom = new Map(this.byKey);
    this.openTo = new Map(target.map((one) => [one.key, one]));
  }

  public add(from: string, to: string, because: string): void {
    this.pairs.push({ from, to, because });
    this.names.set(`from ${from}`, `pair ${from}`);
    this.names.set(`to ${to}`, `pair ${from}`);
    this.openFrom.delete(from);
    this.openTo.delete(to);
  }

  /** Pairs what the same is told of, one of each side alone; true if there was any. */
  public match(tell: (one: Candidate) => string | undefined, because: (one: Candidate) => string): boolean {
    const groups = new Map<string, { from: Candidate[]; to: Candidate[] }>();
    for (const [side, all] of [['from', this.openFrom] as const, ['to', this.openTo] as const]) {
      for (const one of all.values()) {
        const told = tell(one);
        if (told === undefined) continue;
        const key = `${one.type} ${told}`;
        const group = groups.get(key) ?? { from: [], to: [] };
        group[side].push(one);
        groups.set(key, group);
      }
    }
    const found = [...groups.values()].filter(({ from, to }) => from.length === 1 && to.length === 1);
    for (const { from, to } of found) this.add(from[0]!.key, to[0]!.key, because(from[0]!));
    return found.length > 0;
  }

  /** What tells a resource from others, if it refers to nothing that is not paired yet. */
  public identity(one: Candidate): string | undefined {
    const identity = identityOf(one);
    if (!identity) return undefined;
    const naming = this.naming(one);
    let open = false;
    const texts = identity.forms.map((form) =>
      textOf(form, (reference) => {
        open ||= !this.names.has(`${this.sideOf(one)} ${reference.resource}`);
        return naming(reference);
      }),
    );
    return open ? undefined : texts.join(' ');
  }

  /**
   * Colour refinement: resources have the same colour when their types, properties and what they refer to have, and so on. It
   * ends when no further resource can be told from others.
   *
   * @param referrers which of the resources that refer to one count, too.
   */
  public colours(referrers: 'none' | 'paired' | 'all'): (one: Candidate) => string | undefined {
    const counts = (one: Candidate) =>
      referrers === 'all' || (referrers === 'paired' && this.pairName(one) !== undefined);
    const sides = [this.deployed, this.target].map((all) => ({ all, referring: referrersOf(all.filter(counts)) }));
    let colours = new Map<Candidate, string>();
    for (const { all } of sides) for (const one of all) colours.set(one, this.pairName(one) ?? one.type);
    for (let count = 0; ;) {
      const next = new Map<Candidate, string>();
      for (const { all, referring } of sides) {
        const colourOf = new Map(all.map((one) => [one.key, colours.get(one)!]));
        for (const one of all) {
          const naming: Naming = ({ resource, attribute = '' }) =>
            `${colourOf.get(resource) ?? 'unknown'}.${attribute}`;
          const around = (referring.get(one.key) ?? []).map((key) => colourOf.get(key) ?? '').sort();
          const refined = () => hash([colours.get(one)!, textOf(one.properties, naming), ...around]);
          next.set(one, this.pairName(one) ?? refined());
        }
      }
      colours = next;
      const size = new Set(next.values()).size;
      if (size === count) break;
      count = size;
    }
    return (one) => colours.get(one);
  }

  /** Pairs those whose names end alike, where one name fits no other of the type; true if there was any. */
  public matchNameEnds(): boolean {
    const fit = (a: Candidate, b: Candidate) => {
      const [x, y] = [readableName(a), readableName(b)];
      return a.type === b.type && Math.min(x.length, y.length) >= SHORTEST_NAME && (x.endsWith(y) || y.endsWith(x));
    };
    const found = [...this.openFrom.values()].flatMap((from) => {
      const fitting = [...this.openTo.values()].filter((to) => fit(from, to));
      const others = [...this.openFrom.values()].filter((other) => fitting.some((to) => fit(other, to)));
      return fitting.length === 1 && others.length === 1 ? [[from, fitting[0]!] as const] : [];
    });
    for (const [from, to] of found) this.add(from.key, to.key, `their names end alike: ${readableName(from)}`);
    return found.length > 0;
  }

  public result(): Pairings {
    const fitting = [...this.openFrom.values()].map((from) => ({
      from,
      to: [...this.openTo.values()].filter((to) => to.type === from.type && !this.areTold(from, to)),
    }));
    const ambiguous = new Map<string, { from: Set<string>; to: Set<string> }>();
    for (const { from, to } of fitting.filter((one) => one.to.length > 0)) {
      const group = ambiguous.get(from.type) ?? { from: new Set(), to: new Set() };
      group.from.add(from.key);
      for (const { key } of to) group.to.add(key);
      ambiguous.set(from.type, group);
    }
    const groups = [...ambiguous.values()];
    return {
      pairs: this.pairs,
      ambiguous: [...ambiguous].map(([type, { from, to }]) => ({ type, from: [...from], to: [...to] })),
      onlyDeployed: [...this.openFrom.keys()].filter((key) => !groups.some(({ from }) => from.has(key))),
      onlyTarget: [...this.openTo.keys()].filter((key) => !groups.some(({ to }) => to.has(key))),
    };
  }

  /** Whether two resources cannot be the same, since both have an identity and it differs. */
  private areTold(from: Candidate, to: Candidate): boolean {
    const [a, b] = [this.identity(from), this.identity(to)];
    return a !== undefined && b !== undefined && a !== b;
  }

  private sideOf(one: Candidate): 'from' | 'to' {
    return this.byKey.get(one.key) === one ? 'from' : 'to';
  }

  private pairName(one: Candidate): string | undefined {
    return this.names.get(`${this.sideOf(one)} ${one.key}`);
  }

  private naming(one: Candidate): Naming {
    const side = this.sideOf(one);
    return ({ resource, attribute = '' }) => `${this.names.get(`${side} ${resource}`) ?? 'open'}.${attribute}`;
  }
}

function referrersOf(all: readonly Candidate[]): Map<string, string[]> {
  const referrers = new Map<string, string[]>();
  for (const { key, refersTo } of all) {
    for (const resource of refersTo) referrers.set(resource, [...(referrers.get(resource) ?? []), key]);
  }
  return referrers;
}

/** The shortest name that tells anything. */
const SHORTEST_NAME = 4;

/** What people call a resource: its construct path in one word, or its logical id without the hash that the CDK appends. */
const readableName = ({ path, location }: Candidate): string =>
  (path.length > 0 ? path.join('') : location.logicalId.replace(/[0-9A-F]{8}$/, '')).toLowerCase();

const hash = (texts: readonly string[]) => createHash('sha256').update(texts.join('\n')).digest('hex');
