/** Where a record is kept. */
export interface RecordKey {
  /** Name of the SSM parameter. */
  readonly name: string;
  readonly region: string;
}

/** What the engine itself remembers of an environment: short texts, each an SSM parameter. */
export interface RecordStore {
  /** The record; undefined when there is none. */
  read(key: RecordKey): Promise<string | undefined>;
  /** Makes a record, atomically. @returns false when there is one already, which is left as it is. */
  create(key: RecordKey, text: string): Promise<boolean>;
  /** Makes a record or replaces it. */
  write(key: RecordKey, text: string): Promise<void>;
  /** Removes a record; there need not be one. */
  remove(key: RecordKey): Promise<void>;
}
