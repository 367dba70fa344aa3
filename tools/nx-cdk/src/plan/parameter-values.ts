import type { DeployedParameter } from '../live-state/live-state';

/** A value of a deployed template; where it is a `Ref` to a parameter, that parameter's value. */
export function valueOf(value: unknown, parameters: Readonly<Record<string, DeployedParameter>>): unknown {
  const name = (value as { Ref?: unknown } | null | undefined)?.Ref;
  const parameter = typeof name === 'string' ? parameters[name] : undefined;
  return parameter ? (parameter.resolved ?? parameter.value) : value;
}
