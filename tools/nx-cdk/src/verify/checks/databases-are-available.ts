import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { checkEach, unlessMissing, Untrue } from '../check';

/** Database instances exist and take connections. */
export const databasesAreAvailable = checkEach({
  name: 'databases are available',
  topic: 'connectivity',
  reliesOn: 'databases',
  type: 'AWS::RDS::DBInstance',
  look: async ({ physicalId, stack }, aws) => {
    const client = await aws.reader(RDSClient, stack.place);
    const answer = await unlessMissing(
      client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: physicalId })),
      'DBInstanceNotFoundFault',
      'DBInstanceNotFound',
    );
    const found = answer?.DBInstances?.[0];
    if (!found) throw new Untrue('it does not exist');
    if (found.DBInstanceStatus !== 'available') throw new Untrue(`its status is ${found.DBInstanceStatus}`);
    return `available, ${found.Engine} ${found.EngineVersion}`;
  },
});
