import { toTemplate } from './references';

/** A value of a resource that another stack needs. */
export interface SharedValue {
  /** Key of the resource where it was deployed before the migration. */
  readonly resource: string;
  readonly attribute?: string;
  /** It is a list, and is exported as a text with commas. */
  readonly asList: boolean;
}

/** An export, and what it stands for. */
export interface ExportedValue extends SharedValue {
  readonly stackName: string;
  readonly exportName: string;
  /** Name of the output. */
  readonly output: string;
}

/** Whether two values are the same. */
export const isSameValue = (a: SharedValue, b: SharedValue): boolean =>
  a.resource === b.resource && a.attribute === b.attribute && a.asList === b.asList;

/** The export that a stack gets for a value. Names of exports have letters, digits, colons and hyphens. */
export function exportOf(stackName: string, logicalId: string, value: SharedValue): ExportedValue {
  const attribute = value.attribute ?? 'Ref';
  return {
    ...value,
    stackName,
    exportName: `${stackName}:Migration:${logicalId}:${attribute.replaceAll(/[^A-Za-z0-9:-]/g, '-')}`,
    output: `Migration${logicalId}${attribute}`.replaceAll(/\W|_/g, ''),
  };
}

/** The value of an export's output, in the stack that has the resource. */
export function exportedValue(logicalId: string, { attribute, asList }: SharedValue): object {
  const value = toTemplate({ name: logicalId, attribute });
  return asList ? { 'Fn::Join': [',', value] } : value;
}

/** What to write where a value is imported. */
export function importedValue(exportName: string, { asList }: SharedValue): object {
  const value = { 'Fn::ImportValue': exportName };
  return asList ? { 'Fn::Split': [',', value] } : value;
}
