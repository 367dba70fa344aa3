import { parseEnvironmentConfig, environments } from '@v3-backend-infra/config';
import { type SynthesizedStack, synthesizeConfig } from './assembly';

const IN_ONE = ['alb', 'app-shared', 'compute'];

type Layout = 'modular' | 'monolithic';
type References = 'ssm' | 'direct';

function synthesize(environment: string, computeLayout: Layout, crossStackReferences: References): SynthesizedStack[] {
  const input = { ...environments[environment]!, computeLayout, crossStackReferences };
  return synthesizeConfig(parseEnvironmentConfig(environment, input), true);
}

/** By logical id: the types of the resources of some stacks. CDK names the permissions of event rules after their stack. */
function resourcesOf(stacks: SynthesizedStack[], names: readonly string[]): Record<string, string> {
  const found = stacks.filter(({ name }) => names.includes(name));
  const resources = found.flatMap(({ template }) => Object.entries(template.Resources));
  return Object.fromEntries(resources.map(([id, { Type }]) => [id.replace(/(?<=AllowEventRule)\w+/, ''), Type]));
}

/** Templates by stack, of those that are in both layouts. */
const others = (stacks: SynthesizedStack[]) =>
  Object.fromEntries(
    stacks.filter(({ name }) => ![...IN_ONE, 'compute-monolith'].includes(name)).map((one) => [one.name, one.template]),
  );

describe.each(['local', 'production'])('in %s', (environment) => {
  describe.each(['ssm', 'direct'] as const)('with %s references', (references) => {
    const modular = synthesize(environment, 'modular', references);
    const monolithic = synthesize(environment, 'monolithic', references);

    test('the one stack has exactly the resources of the three, under the same logical ids', () => {
      expect(resourcesOf(monolithic, ['compute-monolith'])).toEqual(resourcesOf(modular, IN_ONE));
    });

    test('the stacks before them are the same in both layouts, and so are those after them that read SSM', () => {
      const [before, after] = [others(modular), others(monolithic)];
      const changing = references === 'direct' ? ['monitoring', 'log-forwarder'] : [];
      expect(Object.keys(after)).toEqual(Object.keys(before));
      expect(Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))).toEqual(
        changing,
      );
    });
  });
});
