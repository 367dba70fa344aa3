import { argumentsOfSub, asReference, partsOfSub, type Reference } from './references';

/** What a value refers to: an attribute of a resource, or its `Ref`, whatever it is called in a template. */
export interface ResourceReference {
  readonly resource: string;
  readonly attribute?: string;
}

/**
 * A value of a template in a form in which two values are equal where they mean the same: functions are evaluated as far as
 * their arguments are known, scalars are text, and references name resources by key.
 */
export type Form = string | { readonly [key: string]: Form } | readonly Form[] | ReferenceForm | TextForm | UnknownForm;

/** A reference to a resource. */
export class ReferenceForm {
  public constructor(public readonly reference: ResourceReference) {}
}

/** A text that has references within. */
export class TextForm {
  public constructor(public readonly parts: readonly (string | ReferenceForm | UnknownForm)[]) {}
}

/** What cannot be known from templates and deployed values: a function of forms, or something by name. */
export class UnknownForm {
  public constructor(
    public readonly what: string,
    public readonly of: Form = '',
  ) {}
}

/** The absent value, `AWS::NoValue`. */
const NOTHING = new UnknownForm('AWS::NoValue');

/** How names in a template are resolved. */
export interface Resolver {
  /** A resource, parameter or pseudo parameter. */
  readonly reference: (reference: Reference) => Form;
  /** An import by the name of the export. */
  readonly import: (name: Form) => Form;
  /** `Fn::FindInMap`. */
  readonly mapped: (keys: readonly Form[]) => Form;
  /** Whether a condition holds; undefined where that is not known. */
  readonly condition: (name: string) => boolean | undefined;
}

const PSEUDO_NOTHING = 'AWS::NoValue';

/** A value of a template as a form. Properties that are `AWS::NoValue` are left out. */
export function formOf(value: unknown, resolver: Resolver): Form {
  if (Array.isArray(value)) return value.map((item) => formOf(item, resolver)).filter((item) => item !== NOTHING);
  if (typeof value !== 'object' || value === null) return String(value);
  const reference = asReference(value);
  if (reference) return reference.name === PSEUDO_NOTHING ? NOTHING : resolver.reference(reference);
  const entries = Object.entries(value) as [string, unknown][];
  const [name, argument] = (entries.length === 1 ? entries[0] : undefined) ?? ['', undefined];
  const known = FUNCTIONS[name];
  if (known) return known(argument, resolver);
  if (name.startsWith('Fn::')) return new UnknownForm(name, formOf(argument, resolver));
  const forms = entries.map(([key, child]): [string, Form] => [key, formOf(child, resolver)]);
  return Object.fromEntries(forms.filter(([, form]) => form !== NOTHING));
}

const FUNCTIONS: Readonly<Record<string, (argument: unknown, resolver: Resolver) => Form>> = {
  'Fn::ImportValue': (argument, resolver) => resolver.import(formOf(argument, resolver)),
  'Fn::Join': (argument, resolver) => {
    const [separator, list] = formOf(argument, resolver) as readonly Form[];
    if (!isList(list)) return new UnknownForm('Fn::Join', [separator ?? '', list ?? '']);
    return concatenate(list.flatMap((item, index) => (index === 0 ? [item] : [String(separator), item])));
  },
  'Fn::Sub': (argument, resolver) => {
    const [text, variables] = argumentsOfSub(argument);
    const parts = partsOfSub(text).map((part) => {
      if (typeof part === 'string') return part;
      return part.name in variables ? formOf(variables[part.name], resolver) : resolver.reference(part);
    });
    return concatenate(parts);
  },
  'Fn::Split': (argument, resolver) => {
    const [separator, text] = formOf(argument, resolver) as readonly Form[];
    return split(text ?? '', String(separator)) ?? new UnknownForm('Fn::Split', [separator ?? '', text ?? '']);
  },
  'Fn::Select': (argument, resolver) => {
    const [index, list] = formOf(argument, resolver) as readonly Form[];
    const selected = isList(list) ? list[Number(index)] : undefined;
    return selected ?? new UnknownForm('Fn::Select', [index ?? '', list ?? '']);
  },
  'Fn::FindInMap': (argument, resolver) => resolver.mapped(formOf(argument, resolver) as readonly Form[]),
  'Fn::If': (argument, resolver) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    const holds = resolver.condition(name);
    if (holds !== undefined) return formOf(holds ? yes : no, resolver);
    return new UnknownForm('Fn::If', [name, formOf(yes, resolver), formOf(no, resolver)]);
  },
};

const isList = (form: Form | undefined): form is readonly Form[] => Array.isArray(form);

/** One text of several forms. */
function concatenate(forms: readonly Form[]): Form {
  const parts: (string | ReferenceForm | UnknownForm)[] = [];
  const add = (part: string | ReferenceForm | UnknownForm) => {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  };
  for (const form of forms) {
    if (form instanceof TextForm) form.parts.forEach(add);
    else if (typeof form === 'string' || form instanceof ReferenceForm || form instanceof UnknownForm) add(form);
    else add(new UnknownForm('text', form));
  }
  if (parts.length === 0) return '';
  return parts.length === 1 ? parts[0]! : new TextForm(parts);
}

/** The items of a text; undefined where it is not known where they end. */
function split(form: Form, separator: string): Form[] | undefined {
  if (typeof form === 'string') return form.split(separator);
  if (!(form instanceof TextForm)) return undefined;
  const items: Form[][] = [[]];
  for (const part of form.parts) {
    const [first = '', ...more] = typeof part === 'string' ? part.split(separator) : [part];
    items.at(-1)!.push(first);
    for (const item of more) items.push([item]);
  }
  return items.map(concatenate);
}

/** What becomes of references when a form is written down. */
export type Naming = (reference: ResourceReference) => string;

/** A form as text: equal forms have equal texts. */
export function textOf(form: Form, naming: Naming): string {
  return JSON.stringify(plain(form, naming));
}

/** A form as plain data, its references named, or replaced by their values. */
export function plain(form: Form, naming: Naming): unknown {
  if (typeof form === 'string') return form;
  if (form instanceof ReferenceForm) return naming(form.reference);
  if (form instanceof TextForm) return form.parts.map((part) => String(flat(plain(part, naming)))).join('');
  if (form instanceof UnknownForm) return { [`(${form.what})`]: plain(form.of, naming) };
  if (Array.isArray(form)) return (form as readonly Form[]).map((item) => plain(item, naming));
  const entries = Object.entries(form as Readonly<Record<string, Form>>);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, plain(child, naming)]),
  );
}

const flat = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** All references of a form. */
export function referencesOfForm(form: Form): ResourceReference[] {
  const found: ResourceReference[] = [];
  plain(form, (reference) => {
    found.push(reference);
    return '';
  });
  return found;
}
