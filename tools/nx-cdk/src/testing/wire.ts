/** An error as AWS's Query protocol has it. */
export class AwsError extends Error {
  public constructor(
    public readonly status: number,
    public readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An element with children from an object; a list's items are `member` elements. */
export function toXml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `<${name}>${value.map((item) => toXml('member', item)).join('')}</${name}>`;
  if (typeof value === 'object' && value !== null) {
    const children = Object.entries(value).map(([key, child]) => toXml(key, child));
    return `<${name}>${children.join('')}</${name}>`;
  }
  const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${text}</${name}>`;
}

/** The items of a list in a Query request, e.g. `Parameters.member.1.ParameterKey`. */
export function listOf(parameters: URLSearchParams, name: string): Record<string, string>[] {
  const items: Record<string, string>[] = [];
  for (const [key, value] of parameters) {
    const match = new RegExp(`^${name}\\.member\\.(\\d+)\\.(\\w+)$`).exec(key);
    if (match?.[2] !== undefined) (items[Number(match[1]) - 1] ??= {})[match[2]] = value;
  }
  return items;
}
