import { resources, type Rule } from './rule';

/** A pinned minor version and automatic upgrades end in "Cannot find upgrade path" (aws-cdk issue 15475). */
export const databaseUpgradesWithoutDrift: Rule = (stacks) =>
  resources(stacks, 'AWS::RDS::DBInstance')
    .filter(
      ({ Properties: { EngineVersion, AutoMinorVersionUpgrade } }) =>
        EngineVersion.includes('.') === AutoMinorVersionUpgrade,
    )
    .map(({ at }) => at);
