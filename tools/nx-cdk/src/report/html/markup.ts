/** Text that is HTML already. */
export class Markup {
  public constructor(public readonly text: string) {}
}

type Part = string | number | Markup | undefined | readonly Part[];

/** Template for HTML. Whatever is put into it is escaped, unless it was made by this template itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, index) => text + render(parts[index])).join(''));
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(render).join('');
  return String(part as string | number).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
