/** What in a secret's value must be nowhere else: what an object has as passwords and keys, a value that is a URL, and its password. */
export function secretParts(value: string): string[] {
  if (value.startsWith('{')) {
    return Object.entries(JSON.parse(value) as Record<string, unknown>)
      .filter(([key]) => /password|key/i.test(key))
      .map(([, part]) => String(part));
  }
  return [value, ...(/:\/\/[^:]+:(.+)@/.exec(value)?.slice(1) ?? [])];
}

/** How a text may be written: as it is, in JSON, in JSON within JSON, in a URL; and any of these in base64. */
export function formsOf(text: string): string[] {
  const quoted = (unquoted: string) => JSON.stringify(unquoted).slice(1, -1);
  const forms = [text, quoted(text), quoted(quoted(text)), encodeURIComponent(text)];
  return [...forms, ...forms.flatMap(base64Within)];
}

/** What encoded bytes have in common, wherever the text begins in them. */
function base64Within(text: string): string[] {
  // Without the characters at its ends that bytes before and after it have a part in.
  return [0, 2, 3].map((mixed, offset) =>
    Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
      .toString('base64')
      .slice(mixed)
      .replace(/.=+$/, ''),
  );
}
