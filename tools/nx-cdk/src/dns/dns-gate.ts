import { setTimeout as sleep } from 'node:timers/promises';
import { explainError } from '../live-state/explain-error';
import type { Ending, Schedule } from '../schedule/schedule';
import type { AwaitedZone } from './awaited-zones';
import { delegationRecord, undelegated } from './delegation';
import type { Dns } from './dns';

/** How a gate asks and tells. */
export interface DnsGateContext {
  readonly dns: Dns;
  /** The name servers of a zone; undefined when it is not there. */
  readonly nameServersOf: (zone: AwaitedZone) => Promise<readonly string[] | undefined>;
  /** How long to wait for a delegation, in minutes; undefined does not wait. */
  readonly waitForDns?: number;
  readonly notice: (text: string) => void;
}

/** An item cannot start because of zones that are not delegated; `by` are the items between, if any. */
export type Held = (item: string, reason: string, by: readonly string[]) => void;

/** How soon a wait notices that it is to end. */
const STEP_MS = 100;

/** Holds back what would wait in CloudFormation for a zone that is not delegated, while everything else goes on. */
export class DnsGate {
  private readonly zones: ReadonlyMap<string, AwaitedZone>;
  /** Zones that are not delegated, by gate, and by what could not start because of them. */
  private readonly holding = new Map<string, readonly AwaitedZone[]>();
  private readonly closing: string[] = [];

  public constructor(
    zones: readonly AwaitedZone[],
    private readonly context: DnsGateContext,
  ) {
    this.zones = new Map(zones.map((zone) => [`delegation of ${zone.node.stack.id} ${zone.logicalId}`, zone]));
  }

  /** What a person has to do, to be said when everything else is finished. */
  public get notices(): readonly string[] {
    return this.closing;
  }

  /** The schedule with an item for each zone, which follows the zone's stack and comes before what waits for it. */
  public guard(schedule: Schedule, held: Held): Schedule {
    const gates = [...this.zones].filter(([, { waiting }]) => schedule.items.some((item) => waiting.has(item)));
    if (gates.length === 0) return schedule;
    return {
      ...schedule,
      items: [...gates.map(([gate]) => gate), ...schedule.items],
      idle: (item) => this.zones.has(item) || (schedule.idle?.(item) ?? false),
      needs: (item) => {
        const zone = this.zones.get(item);
        if (zone) return new Set([zone.node.stack.id]);
        const own = gates.filter(([, { waiting }]) => waiting.has(item)).map(([gate]) => gate);
        return own.length === 0 ? schedule.needs(item) : new Set([...schedule.needs(item), ...own]);
      },
      work: (item, stopped) => {
        const zone = this.zones.get(item);
        return zone ? this.pass(item, zone, stopped) : schedule.work(item, stopped);
      },
      blocked: (item, by) => {
        if (!this.zones.has(item)) this.block(schedule, held, item, by);
      },
      skipped: (item) => {
        if (!this.zones.has(item)) schedule.skipped(item);
      },
    };
  }

  private block(schedule: Schedule, held: Held, item: string, by: readonly string[]): void {
    const items = by.filter((other) => !this.zones.has(other));
    const failed = items.filter((other) => !this.holding.has(other));
    const zones = [...new Set(by.flatMap((other) => this.holding.get(other) ?? []))];
    if (failed.length > 0 || zones.length === 0) return schedule.blocked(item, failed);
    this.holding.set(item, zones);
    const names = zones.map(({ name }) => name).join(', ');
    const [subject, record] = zones.length === 1 ? ['zone', 'NS record'] : ['zones', 'NS records'];
    const reason = `the ${subject} ${names} ${zones.length === 1 ? 'is' : 'are'} not delegated yet`;
    held(item, `${reason}: create the ${record} told at the end of the run, then run again`, items);
  }

  private async pass(gate: string, zone: AwaitedZone, stopped: () => boolean): Promise<Ending> {
    try {
      const nameServers = await this.context.nameServersOf(zone);
      // Without the zone nothing can be said of it here; CloudFormation says what is missing.
      if (nameServers === undefined) return 'done';
      const problem = await this.waitFor(zone, nameServers, stopped);
      if (problem === undefined) return 'done';
      this.closing.push(
        [
          `The zone ${zone.name} is not delegated yet: ${problem}.`,
          ...delegationRecord(zone.name, nameServers),
          'Then run the same command again: it continues from here. With --waitForDns=<minutes> it waits for the record.',
        ].join('\n'),
      );
    } catch (error) {
      this.closing.push(
        `Whether the zone ${zone.name} is delegated could not be found out: ${explainError(error)}\n` +
          'Run the same command again, or with --dnsGate=false if you know that it is.',
      );
    }
    this.holding.set(gate, [zone]);
    return 'held';
  }

  /** @returns why the zone is not delegated in the end; undefined when it is. */
  private async waitFor(
    { name }: AwaitedZone,
    nameServers: readonly string[],
    stopped: () => boolean,
  ): Promise<string | undefined> {
    const { dns, waitForDns, notice } = this.context;
    const until = Date.now() + (waitForDns ?? 0) * 60_000;
    let problem = undelegated(await dns.nameServers(name), nameServers);
    if (problem === undefined || waitForDns === undefined) return problem;
    const wait = `Waiting up to ${waitForDns} min for the delegation of the zone ${name}: ${problem}.`;
    notice([wait, ...delegationRecord(name, nameServers)].join('\n'));
    while (Date.now() < until) {
      const next = Math.min(until, Date.now() + dns.pollMs);
      while (Date.now() < next) {
        if (stopped()) return problem;
        await sleep(Math.min(STEP_MS, next - Date.now()));
      }
      problem = undelegated(await dns.nameServers(name), nameServers);
      if (problem === undefined) {
        notice(`The zone ${name} is delegated.`);
        return undefined;
      }
    }
    return problem;
  }
}
