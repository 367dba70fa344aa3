import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Network, VpcFlowLogs } from './index';

function setUp(context?: Record<string, unknown>) {
  const stack = new Stack(new App({ context }), 'Stack');
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'logs');
  const destination = ec2.FlowLogDestination.toS3(bucket, 'vpc-flow-logs', {
    fileFormat: ec2.FlowLogFileFormat.PARQUET,
    hiveCompatiblePartitions: true,
    perHourPartition: true,
  });
  return { stack, destination };
}

describe('flow logs', () => {
  test.each([
    ['without feature flags', undefined],
    ['with all recommended feature flags', flags],
  ])('go to a bucket that another stack owns, and leave its policy to that one, %s', (_title, context) => {
    const { stack, destination } = setUp(context);
    new Network(stack, 'Network', {
      flowLogDestination: destination,
      flowLogTrafficType: ec2.FlowLogTrafficType.REJECT,
      flowLogAggregationInterval: ec2.FlowLogMaxAggregationInterval.ONE_MINUTE,
      flowLogFormat: [ec2.LogFormat.SRC_ADDR, ec2.LogFormat.PKT_DST_AWS_SERVICE],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      LogDestinationType: 's3',
      LogDestination: { 'Fn::Join': ['', Match.arrayWith([':s3:::logs/vpc-flow-logs'])] },
      DestinationOptions: { fileFormat: 'parquet', hiveCompatiblePartitions: true, perHourPartition: true },
      TrafficType: 'REJECT',
      MaxAggregationInterval: 60,
      LogFormat: '${srcaddr} ${pkt-dst-aws-service}',
      LogGroupName: Match.absent(),
      DeliverLogsPermissionArn: Match.absent(),
    });
    template.resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('of an imported VPC may go to a second destination', () => {
    const { stack, destination } = setUp();
    const availabilityZones = ['eu-west-1a', 'eu-west-1b'];
    const { vpc } = Network.fromNetworkAttributes(stack, 'Network', { vpcId: 'vpc-1', availabilityZones });
    new VpcFlowLogs(stack, 'Archive', { vpc, destination });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::FlowLog', { ResourceId: 'vpc-1', TrafficType: 'ALL' });
  });

  test('without a log group of their own publish no name of one', () => {
    const { stack, destination } = setUp();
    const contract = new SsmContract({ environment: 'test', stack: 'networking' });
    const network = new Network(stack, 'Network', { flowLogDestination: destination });
    network.publish(contract);
    const names = Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter'));
    expect(names.map(({ Properties: p }) => p.Name)).not.toContain(contract.parameterName('flowLogGroupName'));
    expect(names).toHaveLength(9);
    expect(network.flowLogs.logGroup).toBeUndefined();
  });

  test('are refused with a retention that is not theirs, and without a field', () => {
    const { stack, destination } = setUp();
    const { vpc } = new Network(stack, 'Network');
    const retention = logs.RetentionDays.ONE_DAY;
    expect(() => new VpcFlowLogs(stack, 'Logs', { vpc, destination, retention, format: [] })).toThrow(
      /retention is for the log group .* got 1 and a destination; set it there\n.*format must have 1 or more fields/,
    );
  });
});
