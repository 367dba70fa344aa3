import { names } from '@nx/devkit';

/** How a name is written. */
type Way = 'kebab' | 'snake' | 'pascal' | 'flat';

/** Ways that the keys of jsii's targets stand for; all other texts have the name as it is. */
const WAYS: Readonly<Record<string, Way>> = {
  module: 'snake',
  package: 'flat',
  packageName: 'flat',
  namespace: 'pascal',
  packageId: 'pascal',
};

const written = (name: string): Readonly<Record<Way, string>> => ({
  kebab: name,
  snake: name.replaceAll('-', '_'),
  pascal: names(name).className,
  flat: name.replaceAll('-', ''),
});

/**
 * Puts a layer's name in the place of another's, where a text, or the part before a `#` or `/`, ends with it.
 *
 * @param key of the text, which tells how the name is to be written.
 */
export function renamed(text: string, from: string, to: string, key = ''): string {
  const target = written(to)[WAYS[key] ?? 'kebab'];
  const found = [...new Set(Object.values(written(from)))].sort((a, b) => b.length - a.length);
  return text.replace(new RegExp(`(${found.join('|')})(?=$|[#/])`, 'g'), target);
}

/** The same for every text in a value. */
export function renamedAll<Value>(value: Value, from: string, to: string, key = ''): Value {
  if (typeof value === 'string') return renamed(value, from, to, key) as Value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => renamedAll(one, from, to, key)) as Value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [name, renamedAll(one, from, to, name)]),
  ) as Value;
}
