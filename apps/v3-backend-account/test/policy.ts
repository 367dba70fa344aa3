/** A statement of a policy, as IAM has it. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  /** By operator, then by key. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What somebody wants to do. */
export interface Attempt {
  /** E.g. `ssm:GetParameter`. */
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys, e.g. `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether statements allow an attempt, as IAM decides it within one account: one has to allow it, and none may deny it.
 *
 * @throws on what it does not know, so that nothing is decided by a statement that was not understood.
 */
export function isAllowed(statements: readonly Statement[], attempt: Attempt): boolean {
  const effects = statements.filter((statement) => applies(statement, attempt)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

const KNOWN = ['Sid', 'Effect', 'Action', 'Resource', 'Condition'];

function applies(statement: Statement, { action, resource, context = {} }: Attempt): boolean {
  const unknown = Object.keys(statement).filter((key) => !KNOWN.includes(key));
  if (unknown.length > 0) throw new Error(`Not known in a statement: ${unknown.join(', ')}`);
  return (
    // Actions are the same in upper and lower case, resources are not.
    list(statement.Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    list(statement.Resource).some((pattern) => matches(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, tests]) =>
      Object.entries(tests).every(([key, values]) => holds(operator, list(values), context[key])),
    )
  );
}

function holds(operator: string, wanted: readonly string[], value: string | undefined): boolean {
  if (value === undefined) return false;
  if (operator === 'StringEquals') return wanted.includes(value);
  if (operator === 'StringLike' || operator === 'ArnLike') return wanted.some((pattern) => matches(pattern, value));
  throw new Error(`Not known as an operator of a condition: ${operator}`);
}

/** `*` stands for any characters, `?` for one. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[^\w\s]/g, (sign) => ({ '*': '.*', '?': '.' })[sign] ?? `\\${sign}`);
  return new RegExp(`^${expression}$`, 's').test(text);
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
