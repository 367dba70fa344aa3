/** What an option takes. */
export type OptionKind = 'boolean' | 'text';

/**
 * Options as they were typed.
 *
 * Nx hands options over as its parser understood them, which turns an image tag `1.10` into the number 1.1; the words of
 * the command line are still there, and are read here.
 *
 * @param words the words after the target, e.g. `['--imageTag=1.10', '--infraOnly']`.
 * @param kinds the known options; what is none of them is returned all the same, to be refused: an unknown option by its
 * name, a word that belongs to no option in quotes.
 */
export function readCommandLine(
  words: readonly string[],
  kinds: Readonly<Record<string, OptionKind>>,
): Record<string, string> {
  const options: Record<string, string> = {};
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const match = /^--(no-)?([^=]+)(?:=(.*))?$/s.exec(word);
    if (!match) {
      options[`"${word}"`] = '';
      continue;
    }
    const [, negated, typed = '', value] = match;
    const name = camelCase(typed);
    const next = words[index + 1];
    if (value !== undefined) options[name] = value;
    else if (negated) options[name] = 'false';
    else if (kinds[name] === 'boolean') {
      const stated = next === 'true' || next === 'false';
      options[name] = stated ? next : 'true';
      if (stated) index += 1;
    } else if (next !== undefined && !next.startsWith('--')) {
      options[name] = next;
      index += 1;
    } else options[name] = '';
  }
  return options;
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
