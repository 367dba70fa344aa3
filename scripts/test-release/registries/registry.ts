/** A registry on the loopback interface that a release publishes to. */
export interface LoopbackRegistry {
  /** Variables with which `release:publish` publishes here. */
  readonly environment: Readonly<Record<string, string>>;
  /** The versions of a library that it has, the lowest first. */
  versions(library: string): Promise<string[]>;
}
