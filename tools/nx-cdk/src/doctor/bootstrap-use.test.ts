import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../assembly/read-assembly';
import { TestWorkspace } from '../testing/assembly-builder';
import { SCRIPTED_ACCOUNT, SCRIPTED_REGION } from '../testing/scripted/place';
import { bootstrapUses } from './bootstrap-use';

const role = (region: string, account = SCRIPTED_ACCOUNT) =>
  `arn:\${AWS::Partition}:iam::${account}:role/cdk-hnb659fds-file-publishing-role-${account}-${region}`;

/** Where an asset goes, as the CDK writes it. */
const destination = (region: string, account = SCRIPTED_ACCOUNT) => ({
  bucketName: `cdk-hnb659fds-assets-${account}-${region}`,
  objectKey: 'key.json',
  region,
  assumeRoleArn: role(region, account),
});

test('an app needs of each region’s bootstrap what its stacks and their assets name there', () => {
  const workspace = new TestWorkspace();
  try {
    workspace.synthesize({ web: {}, far: { region: 'us-east-1' } });
    const files = {
      one: {
        destinations: { here: destination(SCRIPTED_REGION), elsewhere: destination(SCRIPTED_REGION, '999999999999') },
      },
    };
    const dockerImages = { two: { destinations: { far: { region: 'us-east-1', assumeRoleArn: role('us-east-1') } } } };
    writeFileSync(join(workspace.assembly, 'web.assets.json'), JSON.stringify({ files, dockerImages }));
    const bootstrap = { qualifier: 'hnb659fds', version: { needed: 6, parameter: '/cdk-bootstrap/hnb659fds/version' } };
    expect(bootstrapUses(readAssembly(workspace.assembly).stacks)).toEqual([
      {
        account: SCRIPTED_ACCOUNT,
        region: SCRIPTED_REGION,
        ...bootstrap,
        roles: [role(SCRIPTED_REGION).replace('${AWS::Partition}', 'aws')],
        buckets: [`cdk-hnb659fds-assets-${SCRIPTED_ACCOUNT}-${SCRIPTED_REGION}`],
      },
      {
        account: SCRIPTED_ACCOUNT,
        region: 'us-east-1',
        ...bootstrap,
        roles: [role('us-east-1').replace('${AWS::Partition}', 'aws')],
        buckets: [],
      },
    ]);
  } finally {
    workspace.remove();
  }
});
