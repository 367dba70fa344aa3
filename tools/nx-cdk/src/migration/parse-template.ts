import { parseDocument } from 'yaml';
import { Alias, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml/types';
import type { Template } from '../assembly/template';

/**
 * Reads a template as CloudFormation keeps it: JSON, or YAML with the short forms of functions.
 *
 * @throws when it is neither.
 */
export function parseTemplate(text: string): Template {
  if (text.trimStart().startsWith('{')) return JSON.parse(text) as Template;
  // Without a schema, every scalar is text: what looks like a number may be an account.
  const document = parseDocument(text, { schema: 'failsafe', merge: true });
  const [error] = document.errors;
  if (error) throw new Error(`it is no valid YAML: ${error.message}`);
  const template = valueOf(document.contents);
  if (typeof template !== 'object' || template === null) throw new Error('it is neither JSON nor YAML');
  return template as Template;
}

function valueOf(node: unknown): unknown {
  const value = untagged(node);
  const tag = (node as { tag?: string } | null)?.tag;
  if (tag === undefined || !/^![A-Z]/.test(tag)) return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  // JSON has no short form of the argument.
  if (name === 'GetAtt' && typeof value === 'string') return { 'Fn::GetAtt': value.split(/\.(.*)/s).slice(0, 2) };
  return { [`Fn::${name}`]: value };
}

function untagged(node: unknown): unknown {
  if (node instanceof Alias) return valueOf(node.source);
  if (node instanceof YAMLSeq) return node.items.map(valueOf);
  if (node instanceof YAMLMap) {
    const entries = (node.items as Pair[]).flatMap((pair): [string, unknown][] => {
      // `<<` takes over the entries of another map.
      if (pair.type === Pair.Type.MERGE_PAIR) {
        const merged = (pair.value as YAMLSeq).items.map(valueOf) as Record<string, unknown>[];
        return merged.flatMap((one) => Object.entries(one));
      }
      return [[String((pair.key as Scalar).value), valueOf(pair.value)]];
    });
    return Object.fromEntries(entries);
  }
  if (node instanceof Scalar) return scalar(String(node.value), node.type === 'PLAIN');
  return null;
}

/** Plain scalars are what they look like, if they are written as JSON would write them. */
function scalar(text: string, isPlain: boolean): unknown {
  if (!isPlain) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === '' || text === 'null' || text === '~') return null;
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}
