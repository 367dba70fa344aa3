import { randomUUID } from 'node:crypto';
import { Refusal } from '../engine/refusal';
import { explainError } from '../live-state/explain-error';
import type { RecordKey, RecordStore } from '../records/record-store';
import { describeLock, judgeLock } from './judge-lock';
import { formatLock, type Lock, parseLock } from './lock';
import { isRunning, thisProcess } from './this-process';

/** Whose lock it is, and how it is spoken of. */
export interface LockContext {
  readonly environment: string;
  /** Where it is kept; asked for when it is needed, since a run learns its region on the way. */
  readonly key: () => RecordKey;
  readonly commit: string | null;
  readonly command: string;
  /** The command that lifts a lock. */
  readonly unlockCommand: string;
  readonly notice: (text: string) => void;
}

/** How often a lock that comes and goes while it is wanted is looked at again. */
const ATTEMPTS = 5;

/**
 * Keeps two runs from working on one environment at the same time.
 *
 * SSM creates a parameter atomically, but knows no replacement or removal on a condition. Therefore a lock is only ever
 * changed by its holder, or, when its holder has ended, by the one process that holds the lock on taking it over.
 */
export class EnvironmentLock {
  private readonly self = thisProcess();
  private readonly id = randomUUID();
  private acquiring?: Promise<void>;

  public constructor(
    private readonly store: RecordStore,
    private readonly context: LockContext,
  ) {}

  /**
   * Only looks whether somebody else has the lock. One that is left of a process of this machine that has ended is nobody's.
   *
   * @returns whether there is such a one: who acquires and releases the lock removes it.
   * @throws Refusal naming the holder.
   */
  public async refuseIfHeld(): Promise<boolean> {
    const text = await this.store.read(this.context.key());
    if (text !== undefined) this.judge(text);
    return text !== undefined;
  }

  /**
   * Takes the lock. `runAndReport` releases it, whatever becomes of the work.
   *
   * @throws Refusal naming the holder, when somebody else has it.
   */
  public acquire(): Promise<void> {
    this.acquiring = this.take(this.context.key());
    return this.acquiring;
  }

  /** Gives the lock back, if it was taken and is still ours. Never rejects: what goes wrong is a notice. */
  public async release(): Promise<void> {
    const { acquiring } = this;
    this.acquiring = undefined;
    // After any error but a refusal the lock may be ours all the same: the answer may have been lost.
    const refused = await acquiring?.then(
      () => false,
      (error: unknown) => error instanceof Refusal,
    );
    if (refused !== false) return;
    try {
      await this.giveBack(this.context.key());
    } catch (error) {
      const { environment, unlockCommand, notice } = this.context;
      notice(
        `The lock of ${environment} could not be released: ${explainError(error)}\nLift it with: ${unlockCommand}`,
      );
    }
  }

  /**
   * Removes the lock, whoever has it.
   *
   * @returns who had it, or undefined when nobody did.
   * @throws Refusal when its holder runs on this machine.
   */
  public async lift(): Promise<string | undefined> {
    const key = this.context.key();
    const text = await this.store.read(key);
    const found = text === undefined ? undefined : parseLock(text);
    const holder = found && describeLock(found, new Date());
    if (found && judgeLock(found, this.self, this.id, isRunning) === 'held') {
      throw new Refusal([
        `${this.context.environment} is locked by ${holder}. It runs on this machine: wait for its end, or end it. ` +
          'Its lock then needs no lifting.',
      ]);
    }
    if (text !== undefined) await this.store.remove(key);
    const claim = takeoverOf(key);
    if ((await this.store.read(claim)) !== undefined) await this.store.remove(claim);
    return text === undefined ? undefined : (holder ?? `somebody who cannot be read (${text})`);
  }

  private async take(key: RecordKey): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (await this.store.create(key, this.text())) return;
      const text = await this.store.read(key);
      if (text === undefined) continue;
      const found = this.judge(text);
      if (found.id === this.id) return;
      // The next attempt finds the lock to be ours, or learns who was faster.
      await this.takeOver(key, found);
    }
    throw new Refusal([
      `The lock of ${this.context.environment} (SSM parameter ${key.name}) changes all the time: several runs want it. ` +
        'Run the same command again.',
    ]);
  }

  private async takeOver(key: RecordKey, stale: Lock): Promise<void> {
    const claim = takeoverOf(key);
    await this.take(claim);
    try {
      const text = await this.store.read(key);
      if (text === undefined || parseLock(text)?.id !== stale.id) return;
      this.context.notice(
        `Taking over the lock of ${this.context.environment}, left by a run that has ended: ` +
          `${describeLock(stale, new Date())}.`,
      );
      await this.store.write(key, this.text());
    } finally {
      await this.giveBack(claim);
    }
  }

  private async giveBack(key: RecordKey): Promise<void> {
    const text = await this.store.read(key);
    if (text !== undefined && parseLock(text)?.id === this.id) await this.store.remove(key);
  }

  /** The lock found, if it is ours or nobody's. */
  private judge(text: string): Lock {
    const { environment, unlockCommand } = this.context;
    const found = parseLock(text);
    if (!found) {
      throw new Refusal([
        `${environment} is locked, and who locked it cannot be read: ${text}. ` +
          `If nobody works on ${environment}, lift the lock: ${unlockCommand}`,
      ]);
    }
    const holder = `${environment} is locked by ${describeLock(found, new Date())}.`;
    switch (judgeLock(found, this.self, this.id, isRunning)) {
      case 'held':
        throw new Refusal([`${holder} It runs on this machine: wait for its end, then run the same command again.`]);
      case 'elsewhere':
        throw new Refusal([
          `${holder} Wait for its end, then run the same command again. If that run does not exist any more, lift the ` +
            `lock: ${unlockCommand}`,
        ]);
      default:
        return found;
    }
  }

  private text(): string {
    const { commit, command } = this.context;
    return formatLock({ ...this.self, id: this.id, commit, command, since: new Date().toISOString() });
  }
}

/** The lock that one has to have to take over another one. */
const takeoverOf = (key: RecordKey): RecordKey => ({ ...key, name: `${key.name}/takeover` });
