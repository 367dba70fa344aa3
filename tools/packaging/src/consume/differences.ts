/** The most that is said of two templates that have little in common. */
const MOST = 20;

/** Where two JSON documents differ: a line for each place, with both values. */
export function differences(expected: unknown, actual: unknown): string[] {
  const found = [...differing(expected, actual, '')];
  if (found.length <= MOST) return found;
  return [...found.slice(0, MOST), `and ${found.length - MOST} more`];
}

function* differing(expected: unknown, actual: unknown, path: string): Generator<string> {
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    for (const key of [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort()) {
      yield* differing(expected[key], actual[key], `${path}/${key}`);
    }
  } else if (expected !== actual) {
    yield `${path}: ${show(expected)} became ${show(actual)}`;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
