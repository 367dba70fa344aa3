/** By how much waits are shortened. */
const FACTOR = 50;

/**
 * Shortens the waits of the SDK and of the toolkit between their attempts, which take most of a minute, for as long as a
 * test runs. Call it within a `describe`, or at the top of a file.
 */
export function hurry(): void {
  const { setTimeout } = global;
  let spy: jest.SpyInstance;
  beforeEach(() => {
    const shortened = (work: () => void, ms = 0) => setTimeout(work, ms / FACTOR);
    spy = jest.spyOn(global, 'setTimeout').mockImplementation(shortened as typeof setTimeout);
  });
  afterEach(() => spy.mockRestore());
}
