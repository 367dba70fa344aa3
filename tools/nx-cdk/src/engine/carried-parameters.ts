import { z } from 'zod';
import type { RecordKey, RecordStore } from '../records/record-store';
import { isFresh } from '../plan/evaluate';
import { recordKey } from './environment-records';
import type { Journal } from './journal';
import type { Prepared } from './prepare';
import { readAppState } from './read-state';
import type { RunParts, RunRequest } from './request';

const recordSchema = z.record(z.string(), z.string());

/**
 * Values of parameters that stacks had which go before others take their place, kept from before the first one is deleted
 * until the others are there: nothing else would know them if the run ended in between.
 */
export class CarriedParameters {
  public constructor(
    private readonly store: RecordStore,
    private readonly key: RecordKey,
  ) {}

  /** What an earlier run left; a record that cannot be understood counts as none. */
  public async read(): Promise<Record<string, string>> {
    const text = await this.store.read(this.key);
    if (text === undefined) return {};
    try {
      return recordSchema.safeParse(JSON.parse(text)).data ?? {};
    } catch {
      return {};
    }
  }

  public write(values: Readonly<Record<string, string>>): Promise<void> {
    return this.store.write(this.key, JSON.stringify(values));
  }

  public remove(): Promise<void> {
    return this.store.remove(this.key);
  }
}

/** The carried parameters of a run's environment. */
export function carriedParametersOf(
  { app, environment }: RunRequest<unknown>,
  { graph }: Prepared,
  { records }: Pick<RunParts, 'records'>,
): CarriedParameters {
  const region = graph.nodes[0]?.stack.region ?? '';
  return new CarriedParameters(records, recordKey(app, environment, 'carried-parameters', region));
}

/** When every stack is there, each has its own values. */
export async function forgetCarried(
  request: RunRequest<unknown>,
  prepared: Prepared,
  journal: Journal,
  parts: RunParts,
): Promise<void> {
  if (!journal.isGoodSoFar) return;
  const { deployed } = await readAppState(parts.liveState, prepared.graph.nodes);
  if ([...deployed.values()].some(isFresh)) return;
  await carriedParametersOf(request, prepared, parts).remove();
}
