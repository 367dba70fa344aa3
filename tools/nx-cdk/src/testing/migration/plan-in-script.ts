import type { TargetLayout } from '../../migration/layout';
import type { MigrationPlan } from '../../migration/plan';
import { planMigration } from '../../migration/plan-migration';
import { SCRIPTED_ACCOUNT, SCRIPTED_REGION } from '../scripted/place';
import type { ScriptedCloudFormation } from '../scripted/scripted-cloudformation';
import { layoutOf } from './carry-out';

/** Plans a migration of stacks of the scripted CloudFormation to an app, without a workspace and without requests. */
export function planInScript(
  cloudFormation: ScriptedCloudFormation,
  from: readonly string[],
  target: readonly TargetLayout[],
  stated: ReadonlyMap<string, string> = new Map(),
): Promise<MigrationPlan> {
  const layouts = [...cloudFormation.stacks.values()].map(layoutOf);
  const present = layouts.filter(({ stackName }) => !from.includes(stackName));
  const exported = [...cloudFormation.stacks.values()]
    .filter(({ name }) => !from.includes(name))
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ exportName, value }): [string, string][] => (exportName === undefined ? [] : [[exportName, value]]));
  return planMigration({
    environment: 'test',
    from: from.map((name) => layouts.find(({ stackName }) => stackName === name)!),
    present,
    target,
    around: {
      account: SCRIPTED_ACCOUNT,
      region: SCRIPTED_REGION,
      partition: 'aws',
      ssm: cloudFormation.ssm,
      exports: new Map(exported),
    },
    importers: (name) => cloudFormation.importersOf(name).filter((stack) => !from.includes(stack)),
    provisioning: () => 'FULLY_MUTABLE',
    stated,
  });
}
