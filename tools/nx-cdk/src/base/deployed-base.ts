import type { CheckedOut } from '../git/repository';
import { explainError } from '../live-state/explain-error';
import type { RecordKey, RecordStore } from '../records/record-store';
import { type BaseRecord, formatBase, NO_BASE, parseBase, withPending } from './base-record';

/** Keeps which commit an environment was last deployed from. Outside git there is nothing to keep. */
export class DeployedBase {
  private text?: Promise<string | undefined>;

  /**
   * @param key where it is kept; asked for when it is needed, since a run learns its region on the way.
   * @param checkedOut when the run began: files may change while it works.
   */
  public constructor(
    private readonly store: RecordStore,
    private readonly key: () => RecordKey,
    private readonly checkedOut: CheckedOut,
    private readonly notice: (text: string) => void,
  ) {}

  /** Reads the record, once. One that cannot be understood counts as none. */
  public async read(): Promise<BaseRecord> {
    this.text ??= this.store.read(this.key());
    return parseBase((await this.text) ?? '') ?? NO_BASE;
  }

  /** To be called before the first change: should the run not complete, what it shipped is not forgotten. */
  public async beginShipping(): Promise<void> {
    const { commit, clean } = this.checkedOut;
    if (commit === null) return;
    const record = await this.read();
    await this.write(record, withPending(record, clean ? commit : null));
  }

  /** To be called before the first deletion: from then on the environment is what no commit says. */
  public async beginDeleting(): Promise<void> {
    const record = await this.read();
    if (record.commit !== null) await this.write(record, withPending(record, null));
  }

  /**
   * To be called when the run succeeded and every stack of the app equals what is synthesized. A record that cannot be
   * written is no failure: a later comparison then begins at an older commit.
   */
  public async recordSuccess(): Promise<void> {
    const { commit, clean } = this.checkedOut;
    if (!clean) return;
    try {
      const record = await this.read();
      const same = record.commit === commit && record.pending.length === 0;
      await this.write(record, same ? record : { commit, pending: [] });
    } catch (error) {
      this.notice(`The commit that is deployed now could not be recorded: ${explainError(error)}`);
    }
  }

  /** To be called when nothing is deployed any more. */
  public async forget(): Promise<void> {
    try {
      this.text ??= this.store.read(this.key());
      if ((await this.text) === undefined) return;
      await this.store.remove(this.key());
      this.text = Promise.resolve(undefined);
    } catch (error) {
      this.notice(`The record of the deployed commit could not be removed: ${explainError(error)}`);
    }
  }

  private async write(before: BaseRecord, after: BaseRecord): Promise<void> {
    if (after === before) return;
    const text = formatBase(after);
    await this.store.write(this.key(), text);
    this.text = Promise.resolve(text);
  }
}
