/** As it is, whatever it contains. */
export function fenced(content: string): string[] {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [fence, content, fence];
}

/** In a line of text or a cell of a table, without meaning anything to Markdown or HTML. */
export function text(content: string): string {
  return content
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/[\\`*_[\]<>|&#@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
