import { isSsmValue, ssmParametersOf, type Template } from '../assembly/template';
import type { DeployedParameter } from '../live-state/live-state';

/** The parameters a stack would be shipped with. */
export interface ParameterPlan {
  /** Values to hand to CloudFormation; parameters left out keep their previous value or take their default. */
  readonly values: Readonly<Record<string, string>>;
  /** What differs from the deployed values, as phrases. */
  readonly differences: readonly string[];
  /** Parameters without any value. */
  readonly missing: readonly string[];
}

/**
 * Compares a template's parameters with the deployed ones.
 *
 * An SSM-typed parameter's name comes from the template and its value from SSM: CloudFormation resolves it anew in each
 * deployment. Any other parameter keeps its deployed value unless a new one is given.
 *
 * @param given new values, by parameter name; those the template does not declare are ignored.
 * @param ssm present values of SSM parameters, by name.
 */
export function planParameters(
  template: Template,
  deployed: Readonly<Record<string, DeployedParameter>>,
  given: Readonly<Record<string, string>>,
  ssm: ReadonlyMap<string, string>,
): ParameterPlan {
  const values: Record<string, string> = {};
  const differences: string[] = [];
  const missing: string[] = [];
  const read = ssmParametersOf(template);

  for (const [name, parameter] of Object.entries(template.Parameters ?? {})) {
    const before = deployed[name];
    const path = read.get(name);
    if (path !== undefined) {
      values[name] = path;
      if (before && before.value !== path) differences.push(`parameter ${name} ${before.value} → ${path}`);
      else if (before && before.resolved !== ssm.get(path)) differences.push(`SSM ${path} changed`);
    } else if (given[name] !== undefined) {
      values[name] = given[name];
      if (before && before.value !== given[name]) {
        // CloudFormation does not tell the value of a parameter with NoEcho; neither must we.
        const hidden = String(parameter.NoEcho) === 'true';
        differences.push(`parameter ${name} ${hidden ? 'is given' : `${before.value} → ${given[name]}`}`);
      }
    } else if (!before && parameter.Default === undefined && !isSsmValue(parameter)) {
      missing.push(name);
    }
  }
  return { values, differences, missing };
}
