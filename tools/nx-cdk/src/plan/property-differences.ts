import { canonical, type TemplateResource } from '../assembly/template';

/** A part of a resource that two templates have differently. */
export interface PropertyDifference {
  /** E.g. `Properties.Tags.0.Value`, without `Properties.`; or an attribute such as `DeletionPolicy`. */
  readonly path: string;
  /** As JSON, shortened, without secrets; undefined where there was nothing. */
  readonly before?: string;
  /** As JSON, shortened, without secrets; undefined where there is nothing any more. */
  readonly after?: string;
}

/** Names of what may be a secret. A template should have none; if it does, it goes no further. */
const SECRET = /passw(or)?d|passphrase|secret_?string|secret_?(access_?)?key|private_?key|token|api_?key|credential/i;

/** What stands for a secret. */
const HIDDEN = '****';

/** The most characters of a value that are shown. */
const LONGEST = 160;

/** What of a resource differs, down to the values. Its metadata, which CloudFormation does nothing with, is left out. */
export function propertyDifferences(
  before: TemplateResource | undefined,
  after: TemplateResource | undefined,
): PropertyDifference[] {
  const { Metadata: _before, ...old } = before ?? {};
  const { Metadata: _after, ...now } = after ?? {};
  return differences(old, now, [], false).map(({ path, ...values }) => ({
    path: path.replace(/^Properties\./, ''),
    ...values,
  }));
}

function differences(before: unknown, after: unknown, path: readonly string[], secret: boolean): PropertyDifference[] {
  if (canonical(before) === canonical(after)) return [];
  if (isBranch(before) && isBranch(after) && (!Array.isArray(before) || before.length === lengthOf(after))) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      differences(
        before[key],
        after[key],
        [...path, key],
        secret || namesSecret(key, before) || namesSecret(key, after),
      ),
    );
  }
  return [{ path: path.join('.'), before: shown(before, secret), after: shown(after, secret) }];
}

type Branch = Readonly<Record<string, unknown>>;

/** An object or a list, and no intrinsic function: those are read best as a whole. */
function isBranch(value: unknown): value is Branch {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return !(keys.length === 1 && /^(Ref|Condition|Fn::\w+)$/.test(keys[0]!));
}

const lengthOf = (value: Branch) => (Array.isArray(value) ? value.length : undefined);

/** By its own name, or by that beside it, as in a list of environment variables. */
function namesSecret(key: string, { Name, name }: Branch): boolean {
  return SECRET.test(key) || (/^value$/i.test(key) && SECRET.test(String(Name ?? name ?? '')));
}

function shown(value: unknown, secret: boolean): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value, (key, node: unknown) => (SECRET.test(key) ? hidden(node) : withoutSecret(node)));
  const safe = secret && !isReference(value) ? HIDDEN : text;
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST)}…`;
}

/** Objects within may name their value's secret beside it. */
function withoutSecret(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, namesSecret(key, node as Branch) ? hidden(value) : value]),
  );
}

const hidden = (value: unknown): unknown => (isReference(value) ? value : HIDDEN);

/** Where a secret comes from is none. */
const isReference = (value: unknown): boolean =>
  typeof value === 'string' ? /^\{\{resolve:[^}]*\}\}$/.test(value) : typeof value === 'object' && !isBranch(value);
