import { referenced, resources, type Rule } from './rule';

export const databaseForcesTls: Rule = (stacks) =>
  resources(stacks, 'AWS::RDS::DBInstance')
    .filter(
      (database) =>
        referenced(database, database.Properties.DBParameterGroupName)?.Properties.Parameters['rds.force_ssl'] !== '1',
    )
    .map(({ at }) => at);
