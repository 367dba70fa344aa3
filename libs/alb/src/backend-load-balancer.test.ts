import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { BackendLoadBalancer, type BackendLoadBalancerProps, DnsZone, WebAcl } from './index';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

function newStack(context?: Record<string, unknown>): Stack {
  return new Stack(new App({ context }), 'Alb');
}

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

function withSsl(stack: Stack): Partial<BackendLoadBalancerProps> {
  const { hostedZone } = DnsZone.fromSsm(stack, 'Zone', new SsmContract({ environment: 'staging', stack: 'zone' }));
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:1:certificate/a');
  return { certificate, hostedZone, domainName: 'api.example.com' };
}

function synthesize(
  props: (stack: Stack) => Partial<BackendLoadBalancerProps> = () => ({}),
  context?: Record<string, unknown>,
): Template {
  const stack = newStack(context);
  new BackendLoadBalancer(stack, 'Backend', { ...required(stack), ...props(stack) });
  return Template.fromStack(stack);
}

const attributesOf = (template: Template): Record<string, unknown> => {
  const [resource] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  const list: { Key: string; Value: unknown }[] = resource!.Properties.LoadBalancerAttributes;
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
};

describe.each([
  ['without feature flags', undefined],
  ['with the recommended feature flags', recommendedFlags],
])('load balancer, %s', (_title, context) => {
  test('every target group has a rule on the listener that serves, with and without SSL', () => {
    for (const props of [() => ({}), withSsl]) {
      const template = synthesize(props, context);
      const groups = Object.keys(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
      const rules = Object.values(template.findResources(RULE)).map(({ Properties }) => Properties);
      const forwarded = rules.flatMap(({ Actions: [action] }) => action.TargetGroupArn?.Ref ?? []);
      expect(forwarded.sort()).toEqual(groups.sort());
      expect(new Set(rules.map(({ ListenerArn }) => ListenerArn.Ref)).size).toBe(1);
    }
  });

  test('writes no security group rule', () => {
    const template = synthesize(withSsl, context);
    for (const type of ['SecurityGroup', 'SecurityGroupIngress', 'SecurityGroupEgress']) {
      template.resourceCountIs(`AWS::EC2::${type}`, 0);
    }
  });
});

describe('listeners', () => {
  test('without a certificate, HTTP serves, and what no rule knows is a 404', () => {
    const template = synthesize();
    template.resourceCountIs(LISTENER, 1);
    template.hasResourceProperties(LISTENER, {
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
  });

  test('with a certificate, HTTPS serves with a modern TLS policy, and HTTP redirects to it', () => {
    const template = synthesize(withSsl);
    template.hasResourceProperties(LISTENER, {
      Port: 80,
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ],
    });
    template.hasResourceProperties(LISTENER, {
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:1:certificate/a' }],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
  });

  test('worker and scheduler are reached from internal networks only; others get a 403, not the API', () => {
    const rules = Object.values(synthesize().findResources(RULE))
      .map(({ Properties }) => Properties)
      .sort((a, b) => a.Priority - b.Priority);
    const condition = (rule: (typeof rules)[number], field: string) =>
      rule.Conditions.find(({ Field }: { Field: string }) => Field === field);
    const paths = (rule: (typeof rules)[number]) => condition(rule, 'path-pattern').PathPatternConfig.Values.join(' ');
    const sources = (rule: (typeof rules)[number]) => condition(rule, 'source-ip')?.SourceIpConfig.Values;
    expect(rules.map((rule) => [rule.Priority, paths(rule), rule.Actions[0].Type, sources(rule)])).toEqual([
      [100, '/worker/*', 'forward', ['10.0.0.0/16', '192.0.2.0/24']],
      [110, '/scheduler/*', 'forward', ['10.0.0.0/16', '192.0.2.0/24']],
      [120, '/worker/* /scheduler/*', 'fixed-response', undefined],
      [10_000, '/*', 'forward', undefined],
    ]);
  });
});

describe('target groups', () => {
  test('have no fixed name, health checks every 10 s, and let go of a target after 30 s', () => {
    const template = synthesize();
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 3);
    template.allResourcesProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Name: Match.absent(),
      TargetType: 'ip',
      Port: 3000,
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
  });
});

describe('load balancer', () => {
  test('is public, hardened and protected by default, and has no fixed name', () => {
    const template = synthesize();
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Name: Match.absent(),
      Scheme: 'internet-facing',
      Subnets: ['subnet-1', 'subnet-2'],
      SecurityGroups: ['sg-1'],
    });
    expect(attributesOf(template)).toMatchObject({
      'deletion_protection.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'defensive',
    });
    expect(attributesOf(template)).not.toHaveProperty(['access_logs.s3.enabled']);
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  test('has everything else when asked for', () => {
    const template = synthesize((stack) => ({
      ...withSsl(stack),
      accessLogs: { bucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'), prefix: 'alb' },
      connectionLogs: { bucket: s3.Bucket.fromBucketName(stack, 'Connections', 'connections') },
      webAcl: WebAcl.fromSsm(stack, 'WebAcl', new SsmContract({ environment: 'staging', stack: 'waf' })),
      applicationPort: 8080,
      healthCheckPath: '/healthz',
      deregistrationDelay: Duration.minutes(1),
      idleTimeout: Duration.seconds(120),
      dualStack: true,
      protect: false,
    }));
    expect(attributesOf(template)).toMatchObject({
      'deletion_protection.enabled': 'false',
      'idle_timeout.timeout_seconds': '120',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': 'logs',
      'access_logs.s3.prefix': 'alb',
      'connection_logs.s3.enabled': 'true',
      'connection_logs.s3.bucket': 'connections',
    });
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: { Ref: Match.stringLikeRegexp('LoadBalancer') },
      WebACLArn: { Ref: Match.stringLikeRegexp('webAclArn') },
    });
    for (const Type of ['A', 'AAAA']) {
      template.hasResourceProperties('AWS::Route53::RecordSet', { Type, Name: 'api.example.com.' });
    }
  });

  test('a log bucket of another stack gets no policy from here, so that there is no cycle', () => {
    const app = new App();
    const storage = new Stack(app, 'Storage');
    const bucket = new s3.Bucket(storage, 'Logs');
    const stack = new Stack(app, 'Alb');
    new BackendLoadBalancer(stack, 'Backend', { ...required(stack), accessLogs: { bucket } });
    Template.fromStack(stack);
    Template.fromStack(storage).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });
});
