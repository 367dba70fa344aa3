import type { TemplateResource } from '../assembly/template';
import type { StackSketch } from '../testing/assembly-builder';
import { scriptedS3 } from '../testing/scripted/scripted-services';
import { resultsOf, TestRig } from '../testing/test-rig';

const bucket = (further: Partial<TemplateResource> = {}): TemplateResource => ({ Type: 'AWS::S3::Bucket', ...further });

const database = (DeletionProtection: unknown): TemplateResource => ({
  Type: 'AWS::RDS::DBInstance',
  DeletionPolicy: 'Snapshot',
  Properties: { DeletionProtection },
  Metadata: { 'aws:cdk:path': 'data/Database/Resource' },
});

const SHOP: Record<string, StackSketch> = {
  network: { exports: { vpc: 'vpc-1' }, terminationProtection: true },
  data: {
    resources: {
      Database: database({ Ref: 'Protect' }),
      Kept: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: { DeletionProtectionEnabled: true } },
    },
    parameters: { Protect: 'true' },
  },
  files: {
    resources: {
      Full: bucket(),
      Empty: bucket(),
      FullAndKept: bucket({ DeletionPolicy: 'Retain' }),
      FullAndEmptied: bucket(),
      Emptier: { Type: 'Custom::S3AutoDeleteObjects', Properties: { BucketName: { Ref: 'FullAndEmptied' } } },
    },
  },
};

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(SHOP);
  const full = ['Full', 'FullAndKept', 'FullAndEmptied'].map((id) => `physical-${id}`);
  rig.aws.services.set('s3', scriptedS3(new Set(full)));
  await rig.deploy();
});

afterEach(() => rig.stop());

test('everything that stands in the way is told at once, before the first deletion', async () => {
  rig.aws.cloudFormation.shipBehind('outsider', {
    Resources: { It: { Type: 'T', Properties: { Vpc: { 'Fn::ImportValue': 'network:vpc' } } } },
  });
  const { problems } = await rig.destroy({ confirm: 'test' });
  expect([...problems].sort()).toEqual([
    expect.stringMatching(/^data: data\/Database\/Resource \(AWS::RDS::DBInstance .*\) has deletion protection/),
    expect.stringMatching(/^files: Full \(AWS::S3::Bucket physical-Full\) is not empty/),
    expect.stringMatching(/^network has termination protection.*--stack-name network --region eu-west-1/),
    expect.stringMatching(/^network: its export network:vpc is still imported by outsider/),
  ]);
  expect(rig.aws.changes).toEqual([]);
});

test('without what stood in the way the same command deletes everything, and tells what it left behind', async () => {
  rig.aws.services.set('s3', scriptedS3(new Set()));
  rig.workspace.synthesize({
    ...SHOP,
    network: { ...SHOP['network'], terminationProtection: false },
    data: { ...SHOP['data'], resources: { ...SHOP['data']!.resources, Database: database(false) } },
  });
  await rig.deploy();
  const report = await rig.destroy({ confirm: 'test' });
  expect(report.problems).toEqual([]);
  expect(resultsOf(report)).toEqual({ network: 'destroyed', data: 'destroyed', files: 'destroyed' });
  const leftover = { stackName: 'files', type: 'AWS::S3::Bucket', why: 'kept, as its deletion policy says' };
  expect(report.leftovers).toEqual(
    expect.arrayContaining([
      { ...leftover, logicalId: 'FullAndKept', physicalId: 'physical-FullAndKept' },
      {
        stackName: 'data',
        logicalId: 'Kept',
        type: 'AWS::DynamoDB::Table',
        physicalId: 'physical-Kept',
        why: leftover.why,
      },
      {
        stackName: 'data',
        logicalId: 'Database',
        type: 'AWS::RDS::DBInstance',
        why: 'a snapshot of physical-Database, made as its deletion policy says',
      },
    ]),
  );
  expect(report.leftovers).toHaveLength(3);
  expect(report.notices).toContainEqual(expect.stringMatching(/^Left behind:[^]*physical-FullAndKept/));
});
