import { parseEnvironmentConfig, environments } from '@v3-backend-infra/config';
import { carryOut, placesOf, planInScript, ScriptedCloudFormation } from '@v3-backend/nx-cdk/testing/migration';
import { type SynthesizedStack, synthesizeConfig } from './assembly';

const MODULAR = ['alb', 'app-shared', 'compute'];
const MONOLITH = 'compute-monolith';

function synthesize(computeLayout: 'modular' | 'monolithic', references: 'ssm' | 'direct'): SynthesizedStack[] {
  const input = { ...environments['local']!, computeLayout, crossStackReferences: references };
  return synthesizeConfig(parseEnvironmentConfig('local', input), true);
}

const layouts = (stacks: readonly SynthesizedStack[]) =>
  stacks.map(({ name, template }) => ({ stackName: name, template: template as never }));

/** Types that stack refactoring refuses, of those that the stacks of the application have. */
const REFUSED = ['AWS::Route53::RecordSet'];

/** CDK names scaling policies after the path of their construct, the stack's name included. */
const NAMED_AFTER_THEIR_STACK = ['AWS::ApplicationAutoScaling::ScalingPolicy', 'replace', 'PolicyName'];

describe.each(['ssm', 'direct'] as const)('a migration of the local environment with %s references', (references) => {
  const modular = synthesize('modular', references);
  const monolithic = synthesize('monolithic', references);
  const cloudFormation = new ScriptedCloudFormation(new Map([['/cdk-bootstrap/hnb659fds/version', '32']]), '/nowhere');
  for (const { name, template } of monolithic) cloudFormation.shipBehind(name, template);
  // The script's ARNs are made up, and the app composes those of its roles as AWS does.
  for (const role of ['taskRole', 'taskExecutionRole']) {
    const name = cloudFormation.ssm.get(`/v3-backend/local/app-shared/${role}Name`)!;
    cloudFormation.ssm.set(`/v3-backend/local/app-shared/${role}Arn`, `arn:aws:iam::123456789012:role/${name}`);
  }
  const before = placesOf(cloudFormation);

  test('moves every resource of the deployed monolith that may move to exactly where the app wants it, unchanged', async () => {
    const plan = await planInScript(cloudFormation, [MONOLITH], layouts(modular));
    const wanted = modular
      .filter(({ name }) => MODULAR.includes(name))
      .flatMap(({ name, template }) =>
        Object.entries(template.Resources).map(([id, { Type }]) => [`${name}/${id}`, Type]),
      );
    const movable = wanted.filter(([, type]) => !REFUSED.includes(type!)).map(([key]) => key);
    const stuck = wanted.filter(([, type]) => REFUSED.includes(type!)).map(([key]) => key);

    expect(plan.pairs.filter(({ fate }) => fate === 'cannot-move').map(({ to }) => to)).toEqual(stuck);
    expect(plan).toMatchObject({ ambiguous: [], onlyDeployed: [], onlyTarget: [] });
    expect(plan.steps.filter(({ kind }) => kind === 'refactor')).toHaveLength(1);
    const changed = plan.pairs.filter(({ difference }) => difference && difference.effect !== 'none');
    expect(changed.map(({ type, difference }) => [type, difference!.effect, ...difference!.properties])).toEqual(
      changed.map(() => NAMED_AFTER_THEIR_STACK),
    );
    expect(changed).toHaveLength(5);

    carryOut(cloudFormation, plan.steps);
    const after = placesOf(cloudFormation);
    const places = [...after.values()].filter((place) => MODULAR.some((name) => place.startsWith(`${name}/`)));
    expect(places.sort()).toEqual(movable.sort());
    for (const [physical, place] of before) {
      const pair = plan.pairs.find(({ from }) => from === place);
      expect(after.get(physical)).toBe(pair?.fate === 'moves' ? pair.to : place);
    }
  });
});
