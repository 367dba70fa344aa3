import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackendLoadBalancer, type BackendLoadBalancerProps } from './index';

const newStack = () => new Stack(new App(), 'Alb');

function required(stack: Stack): BackendLoadBalancerProps {
  return {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      publicSubnetIds: ['subnet-1', 'subnet-2'],
      publicSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    }),
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'GivenGroup', 'sg-1'),
    internalCidrs: ['10.0.0.0/16', '192.0.2.0/24'],
  };
}

describe('invalid props', () => {
  test('are reported all at once', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Logs', 'logs');
    expect(
      () =>
        new BackendLoadBalancer(stack, 'Backend', {
          ...required(stack),
          internalCidrs: ['0.0.0.0/0', 'office'],
          domainName: 'Api',
          applicationPort: 0,
          healthCheckPath: 'health',
          deregistrationDelay: Duration.hours(2),
          idleTimeout: Duration.seconds(0),
          accessLogs: { bucket, prefix: '/alb' },
        }),
    ).toThrow(
      new RegExp(
        [
          'internalCidrs\\[0\\] is the whole internet',
          'internalCidrs\\[1\\] must be an IPv4 CIDR block',
          'domainName must be a domain name',
          'domainName and hostedZone go together',
          'applicationPort must be',
          'healthCheckPath must be',
          'deregistrationDelay in seconds must be',
          'idleTimeout in seconds must be',
          'accessLogs.prefix must be',
        ].join('[^\n]*\n[^\n]*'),
      ),
    );
  });

  test.each([0, 5])('%p internal networks are refused: a rule has 5 condition values at most', (count) => {
    const stack = newStack();
    const internalCidrs = Array.from({ length: count }, (_, index) => `10.${index}.0.0/16`);
    expect(() => new BackendLoadBalancer(stack, 'Backend', { ...required(stack), internalCidrs })).toThrow(
      `internalCidrs must have 1 to 4 CIDR blocks, got ${count}`,
    );
  });

  test('a zone without a name to put in it is refused', () => {
    const stack = newStack();
    const hostedZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z1',
      zoneName: 'example.com',
    });
    expect(() => new BackendLoadBalancer(stack, 'Backend', { ...required(stack), hostedZone })).toThrow(
      'domainName and hostedZone go together',
    );
  });
});
