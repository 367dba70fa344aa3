/** A reference within a template: `Ref`, `Fn::GetAtt`, or a `${}` of `Fn::Sub`. */
export interface Reference {
  /** A resource, a parameter or a pseudo parameter. */
  readonly name: string;
  /** Of `Fn::GetAtt`; undefined for `Ref`. */
  readonly attribute?: string;
}

/** What takes the place of a reference or an import; undefined leaves it as it is. */
export interface Replacements {
  /** @param asList the value is used as a list, inside `Fn::Select` or `Fn::Join`. */
  readonly reference: (reference: Reference, asList: boolean) => unknown;
  /** @param name of the export; imports whose name is computed are left as they are. */
  readonly import: (name: string, asList: boolean) => unknown;
}

/** Position of the list among the arguments of functions that take one. */
const LIST_ARGUMENT: Readonly<Record<string, number>> = { 'Fn::Join': 1, 'Fn::Select': 1 };

/** A value of a template with its references replaced, those in `Fn::Sub` included. */
export function replaceReferences(value: unknown, replacements: Replacements, asList = false): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, replacements));
  if (typeof value !== 'object' || value === null) return value;
  const reference = asReference(value);
  if (reference) return replacements.reference(reference, asList) ?? value;
  const entries = Object.entries(value);
  const [name, argument] = (entries.length === 1 ? entries[0] : undefined) ?? ['', undefined];
  if (name === 'Fn::ImportValue' && typeof argument === 'string') return replacements.import(argument, asList) ?? value;
  if (name === 'Fn::Sub') return { [name]: replaceInSub(argument, replacements) };
  const listAt = LIST_ARGUMENT[name];
  if (listAt !== undefined && Array.isArray(argument)) {
    return { [name]: argument.map((item, index) => replaceReferences(item, replacements, index === listAt)) };
  }
  return Object.fromEntries(entries.map(([key, child]) => [key, replaceReferences(child, replacements)]));
}

/** All references of a value. */
export function referencesIn(value: unknown): Reference[] {
  const found: Reference[] = [];
  replaceReferences(value, {
    reference: (reference) => void found.push(reference),
    import: () => undefined,
  });
  return found;
}

/** Names of the intrinsic functions of a value, e.g. `Fn::If`. */
export function functionsIn(value: unknown): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(
    Object.entries(value).flatMap(([key, child]) => [...(key.startsWith('Fn::') ? [key] : []), ...functionsIn(child)]),
  );
}

/** The reference that a value is. YAML's short form writes `Fn::GetAtt` as one word. */
export function asReference(value: object): Reference | undefined {
  const entries = Object.entries(value) as [string, unknown][];
  if (entries.length !== 1) return undefined;
  const [name, argument] = entries[0]!;
  if (name === 'Ref' && typeof argument === 'string') return { name: argument };
  if (name !== 'Fn::GetAtt') return undefined;
  const words = Array.isArray(argument) ? (argument as unknown[]) : String(argument).split(/\.(.*)/s);
  return typeof words[0] === 'string' && typeof words[1] === 'string'
    ? { name: words[0], attribute: words[1] }
    : undefined;
}

/** A reference as a template has it. */
export const toTemplate = ({ name, attribute }: Reference): object =>
  attribute === undefined ? { Ref: name } : { 'Fn::GetAtt': [name, attribute] };

/** Parts of a text of `Fn::Sub`: literal ones, and the names in `${}`. */
export function partsOfSub(text: string): (string | Reference)[] {
  return text.split(/(\$\{[^}]*\})/).flatMap((part): (string | Reference)[] => {
    if (!part.startsWith('${')) return part === '' ? [] : [part];
    const name = part.slice(2, -1).trim();
    // `${!Literal}` stands for `${Literal}`.
    if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
    const [resource = '', attribute] = name.split(/\.(.*)/s);
    return [{ name: resource, ...(attribute === undefined ? {} : { attribute }) }];
  });
}

/** The arguments of `Fn::Sub`: its text, and the variables it brings along. */
export function argumentsOfSub(argument: unknown): [text: string, variables: Readonly<Record<string, unknown>>] {
  return Array.isArray(argument)
    ? [String(argument[0]), argument[1] as Record<string, unknown>]
    : [String(argument), {}];
}

function replaceInSub(argument: unknown, replacements: Replacements): unknown {
  const [text, given] = argumentsOfSub(argument);
  const variables: Record<string, unknown> = { ...(replaceReferences(given, replacements) as object) };
  const parts = partsOfSub(text).map((part) => {
    if (typeof part === 'string') return part.replaceAll('${', '${!');
    const own = `\${${part.attribute === undefined ? part.name : `${part.name}.${part.attribute}`}}`;
    const replaced = part.name in given ? undefined : replacements.reference(part, false);
    if (replaced === undefined) return own;
    const same = typeof replaced === 'object' && replaced !== null ? asReference(replaced) : undefined;
    if (same) return `\${${same.attribute === undefined ? same.name : `${same.name}.${same.attribute}`}}`;
    if (typeof replaced === 'string') return replaced.replaceAll('${', '${!');
    const variable = `${part.name}${part.attribute ?? ''}`.replaceAll(/\W/g, '');
    variables[variable] = replaced;
    return `\${${variable}}`;
  });
  return Object.keys(variables).length === 0 ? parts.join('') : [parts.join(''), variables];
}
