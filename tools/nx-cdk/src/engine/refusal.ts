/** The run must not change anything; every reason found. */
export class Refusal extends Error {
  public constructor(public readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'Refusal';
  }
}

/** Refuses if there is a problem. */
export function refuseOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new Refusal(problems);
}
