import { SsmContract } from '@v3-backend/core';
import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  APPS,
  LISTENER,
  LOAD_BALANCER,
  RULE,
  TARGET_GROUP,
  attributes,
  importedVpc,
  newStack,
  problemsOf,
  propertiesOf,
  withSsl,
} from '../../test/fixture';
import { PublicLoadBalancer, type PublicLoadBalancerProps } from '../index';

const contract = new SsmContract({ application: 'shop', environment: 'staging', stack: 'alb' });

function create(
  props: (stack: Stack) => Partial<PublicLoadBalancerProps> = () => ({}),
  stack = newStack(),
): { stack: Stack; loadBalancer: PublicLoadBalancer } {
  const loadBalancer = new PublicLoadBalancer(stack, 'Web', { vpc: importedVpc(stack), ...props(stack) });
  return { stack, loadBalancer };
}

const synthesize = (props?: (stack: Stack) => Partial<PublicLoadBalancerProps>, stack?: Stack) =>
  Template.fromStack(create(props, stack).stack);
const loadBalancerAttributes = (template: Template) =>
  attributes(propertiesOf(template, LOAD_BALANCER)[0].LoadBalancerAttributes);

describe.each(APPS)('public load balancer, in an app %s', (_title, context, env) => {
  test('needs a network only, and answers 404 until there is a route', () => {
    const template = synthesize(undefined, newStack(context, env));
    template.resourceCountIs(RULE, 0);
    template.resourceCountIs(TARGET_GROUP, 0);
    template.hasResourceProperties(LISTENER, {
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
  });

  test('has a security group of its own that lets everyone in on the listeners’ ports, and nothing out', () => {
    const template = synthesize(withSsl, newStack(context, env));
    const [group] = propertiesOf(template, 'AWS::EC2::SecurityGroup');
    expect(
      group.SecurityGroupIngress.map(({ CidrIp, FromPort }: Record<string, unknown>) => [CidrIp, FromPort]),
    ).toEqual([
      ['0.0.0.0/0', 80],
      ['0.0.0.0/0', 443],
    ]);
    expect(group.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
  });
});

describe('options', () => {
  test('of the load balancer become its attributes', () => {
    const template = synthesize(() => ({
      clientKeepAlive: Duration.minutes(10),
      dropInvalidHeaderFields: false,
      desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST,
      xffHeaderProcessingMode: elbv2.XffHeaderProcessingMode.REMOVE,
      preserveXffClientPort: true,
      preserveHostHeader: true,
      tlsHeaders: true,
      wafFailOpen: true,
      zonalShift: true,
      minimumCapacityUnits: 200,
      protect: false,
    }));
    expect(loadBalancerAttributes(template)).toMatchObject({
      'client_keep_alive.seconds': '600',
      'routing.http.drop_invalid_header_fields.enabled': 'false',
      'routing.http.desync_mitigation_mode': 'strictest',
      'routing.http.xff_header_processing.mode': 'remove',
      'routing.http.xff_client_port.enabled': 'true',
      'routing.http.preserve_host_header.enabled': 'true',
      'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'true',
      'waf.fail_open.enabled': 'true',
      'zonal_shift.config.enabled': 'true',
      'deletion_protection.enabled': 'false',
    });
    template.hasResourceProperties(LOAD_BALANCER, { MinimumLoadBalancerCapacity: { CapacityUnits: 200 } });
  });

  test('that are not given leave AWS’s defaults alone', () => {
    expect(Object.keys(loadBalancerAttributes(synthesize())).sort()).toEqual([
      'deletion_protection.enabled',
      'idle_timeout.timeout_seconds',
      'routing.http.desync_mitigation_mode',
      'routing.http.drop_invalid_header_fields.enabled',
    ]);
    for (const { ListenerAttributes } of propertiesOf(synthesize(withSsl), LISTENER)) {
      expect(ListenerAttributes).toBeUndefined();
    }
  });

  test('three kinds of logs go to buckets', () => {
    const template = synthesize((stack) => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Logs', 'logs');
      return { accessLogs: { bucket }, connectionLogs: { bucket, prefix: 'web' }, healthCheckLogs: { bucket } };
    });
    const found = loadBalancerAttributes(template);
    for (const kind of ['access_logs', 'connection_logs', 'health_check_logs']) {
      expect(found).toMatchObject({ [`${kind}.s3.enabled`]: 'true', [`${kind}.s3.bucket`]: 'logs' });
    }
    expect(found).toMatchObject({ 'connection_logs.s3.prefix': 'web' });
    expect(found).not.toHaveProperty(['access_logs.s3.prefix']);
  });

  test('clients can be asked for certificates, and keys exchanged post-quantum', () => {
    const template = synthesize((stack) => ({
      ...withSsl(stack),
      sslPolicy: elbv2.SslPolicy.TLS13_12_PQ,
      mutualAuthentication: {
        mutualAuthenticationMode: elbv2.MutualAuthenticationMode.VERIFY,
        trustStore: new elbv2.TrustStore(stack, 'TrustStore', {
          bucket: s3.Bucket.fromBucketName(stack, 'Bundles', 'bundles'),
          key: 'ca.pem',
        }),
      },
    }));
    template.hasResourceProperties(LISTENER, {
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-PQ-2025-09',
      MutualAuthentication: { Mode: 'verify', TrustStoreArn: Match.anyValue() },
    });
  });

  test('response headers are set by the listener that serves', () => {
    const template = synthesize((stack) => ({
      ...withSsl(stack),
      responseHeaders: {
        strictTransportSecurity: 'max-age=31536000; includeSubDomains',
        contentSecurityPolicy: "default-src 'none'",
        frameOptions: 'DENY',
        noSniff: true,
        serverHeader: false,
      },
    }));
    const listener = propertiesOf(template, LISTENER).find(({ Port }) => Port === 443);
    expect(attributes(listener.ListenerAttributes)).toEqual({
      'routing.http.response.strict_transport_security.header_value': 'max-age=31536000; includeSubDomains',
      'routing.http.response.content_security_policy.header_value': "default-src 'none'",
      'routing.http.response.x_frame_options.header_value': 'DENY',
      'routing.http.response.x_content_type_options.header_value': 'nosniff',
      'routing.http.response.server.enabled': 'false',
    });
  });

  test('the name’s record can be weighted, and is left out while no target is healthy', () => {
    const template = synthesize((stack) => ({
      ...withSsl(stack),
      dualStack: true,
      weightedRecord: { weight: 100, setIdentifier: 'blue' },
    }));
    for (const Type of ['A', 'AAAA']) {
      template.hasResourceProperties('AWS::Route53::RecordSet', {
        Type,
        Name: 'api.example.com.',
        Weight: 100,
        SetIdentifier: 'blue',
        AliasTarget: { EvaluateTargetHealth: true },
      });
    }
  });
});

describe('services', () => {
  test('get a target group with good defaults and a route; the load balancer reaches them, nothing else', () => {
    const { stack, loadBalancer } = create((scope) => ({ vpc: new ec2.Vpc(scope, 'Network') }));
    const shop = loadBalancer.addTargetGroup('Shop');
    shop.addTarget({
      attachToApplicationTargetGroup: (group) => {
        group.registerConnectable(
          new ec2.SecurityGroup(stack, 'Tasks', { vpc: loadBalancer.loadBalancer.vpc! }),
          ec2.Port.tcp(3000),
        );
        return { targetType: elbv2.TargetType.IP };
      },
    });
    loadBalancer.addRoute('Shop', { paths: ['/*'], targetGroup: shop });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(TARGET_GROUP, {
      Name: Match.absent(),
      Port: 3000,
      HealthCheckPath: '/health',
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      FromPort: 3000,
      DestinationSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('Tasks'), 'GroupId'] },
    });
  });

  test('that speak HTTP/2 need HTTPS', () => {
    const options = { protocolVersion: elbv2.ApplicationProtocolVersion.HTTP2 };
    expect(problemsOf(() => create().loadBalancer.addTargetGroup('Web', options))).toEqual([
      'protocolVersion HTTP2 needs an HTTPS listener: give a certificate',
    ]);
    const { stack, loadBalancer } = create(withSsl);
    loadBalancer.addTargetGroup('Web', options);
    Template.fromStack(stack).hasResourceProperties(TARGET_GROUP, { ProtocolVersion: 'HTTP2' });
  });
});

describe('in another stack', () => {
  test('a load balancer is published and read by value, and takes routes there', () => {
    const { stack, loadBalancer } = create(withSsl);
    loadBalancer.publish(contract);
    const names = propertiesOf(Template.fromStack(stack), 'AWS::SSM::Parameter').map(({ Name }) => Name);
    expect(names.sort()).toEqual(
      [
        'albArn',
        'albCanonicalHostedZoneId',
        'albDnsName',
        'albFullName',
        'albSecurityGroupId',
        'httpListenerArn',
        'listenerArn',
        'url',
      ].map((key) => `/shop/staging/alb/${key}`),
    );

    const reader = new Stack(new App(), 'Reports');
    const imported = PublicLoadBalancer.fromSsm(reader, 'LoadBalancer', contract);
    for (const [member, key] of Object.entries({
      loadBalancerArn: 'albArn',
      loadBalancerDnsName: 'albDnsName',
      loadBalancerCanonicalHostedZoneId: 'albCanonicalHostedZoneId',
      httpListenerArn: 'httpListenerArn',
      url: 'url',
    })) {
      expect(reader.resolve(imported[member as keyof typeof imported])).toEqual({ Ref: expect.stringContaining(key) });
    }
    const vpc = importedVpc(reader);
    const reports = new elbv2.ApplicationTargetGroup(reader, 'Reports', { vpc, port: 80 });
    imported.addRoute('Reports', { paths: ['/reports/*'], targetGroup: reports, priority: 300 });
    Template.fromStack(reader).hasResourceProperties(RULE, {
      ListenerArn: { Ref: Match.stringLikeRegexp('listenerArn') },
      Priority: 300,
    });
  });

  test('an imported load balancer can reach the services behind its new routes: rules are written there', () => {
    const stack = newStack();
    const imported = PublicLoadBalancer.fromSsm(stack, 'LoadBalancer', contract);
    const vpc = new ec2.Vpc(stack, 'Network');
    const tasks = new ec2.SecurityGroup(stack, 'Tasks', { vpc });
    const targetGroup = new elbv2.ApplicationTargetGroup(stack, 'Reports', { vpc, port: 80 });
    imported.addRoute('Reports', { paths: ['/reports/*'], targetGroup });
    targetGroup.registerConnectable(tasks, ec2.Port.tcp(8080));
    const template = Template.fromStack(stack);
    const tasksId = { 'Fn::GetAtt': [Match.stringLikeRegexp('Tasks'), 'GroupId'] };
    const loadBalancerId = { Ref: Match.stringLikeRegexp('albSecurityGroupId') };
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      GroupId: loadBalancerId,
      DestinationSecurityGroupId: tasksId,
      FromPort: 8080,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: tasksId,
      SourceSecurityGroupId: loadBalancerId,
      FromPort: 8080,
    });
  });

  test('imported by attributes, it takes routes if its security group is known', () => {
    const attrs = {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1',
      loadBalancerFullName: 'app/web/1',
      loadBalancerDnsName: 'web.elb.amazonaws.com',
      loadBalancerCanonicalHostedZoneId: 'Z1',
      httpListenerArn: 'arn:http',
      listenerArn: 'arn:https',
      url: 'https://www.example.com',
    };
    const stack = newStack();
    const route = { paths: ['/x'], action: elbv2.ListenerAction.fixedResponse(410) };
    const imported = PublicLoadBalancer.fromPublicLoadBalancerAttributes(stack, 'Known', {
      ...attrs,
      securityGroupId: 'sg-1',
    });
    expect(imported).toMatchObject(attrs);
    imported.addRoute('Gone', route);
    Template.fromStack(stack).hasResourceProperties(RULE, { ListenerArn: 'arn:https' });
    const unknown = PublicLoadBalancer.fromPublicLoadBalancerAttributes(stack, 'Unknown', attrs);
    expect(() => unknown.addRoute('Gone', route)).toThrow(
      'Cannot add a route to Alb/Unknown: it was imported without securityGroupId',
    );
  });
});

describe('invalid props', () => {
  const problems = (props: (stack: Stack) => Partial<PublicLoadBalancerProps>, stack = newStack()) =>
    problemsOf(() => create(props, stack));

  test('about names are reported', () => {
    const zone = (stack: Stack) => withSsl(stack).hostedZone;
    expect(problems((stack) => ({ hostedZone: zone(stack) }))).toEqual([
      'domainName and hostedZone go together: give both, or neither',
    ]);
    expect(problems(() => ({ weightedRecord: { weight: 256, setIdentifier: '' } }))).toEqual([
      'weightedRecord.weight must be a whole number from 0 to 255, got 256',
      expect.stringContaining('weightedRecord.setIdentifier must be 1 to 128 characters'),
      expect.stringContaining('weightedRecord needs domainName and hostedZone'),
    ]);
  });

  test('about TLS are reported: without a certificate there is nothing to set', () => {
    expect(
      problems(() => ({
        sslPolicy: elbv2.SslPolicy.TLS13_13,
        mutualAuthentication: { mutualAuthenticationMode: elbv2.MutualAuthenticationMode.PASS_THROUGH },
        responseHeaders: { strictTransportSecurity: 'max-age=1' },
      })),
    ).toEqual([
      'sslPolicy needs a certificate: there is no HTTPS listener without one',
      'mutualAuthentication needs a certificate: there is no HTTPS listener without one',
      expect.stringContaining('responseHeaders.strictTransportSecurity needs a certificate'),
    ]);
  });

  test('a certificate of another region is refused, one that is known at deployment only is not', () => {
    const env = { account: '123456789012', region: 'eu-central-1' };
    expect(problems(withSsl, newStack({}, env))).toEqual([
      'certificate is in eu-west-1, the load balancer in eu-central-1: use one of eu-central-1',
    ]);
    const arn = Lazy.string({ produce: () => 'arn:aws:acm:eu-west-1:1:certificate/a' });
    const certificate = (stack: Stack) => acm.Certificate.fromCertificateArn(stack, 'Later', arn);
    expect(problems((stack) => ({ certificate: certificate(stack) }), newStack({}, env))).toEqual([]);
  });

  test('out of range or malformed are reported', () => {
    expect(
      problems((stack) => {
        const bucket = new s3.Bucket(stack, 'Logs', { encryptionKey: new kms.Key(stack, 'Key') });
        return {
          clientKeepAlive: Duration.seconds(59),
          minimumCapacityUnits: 99,
          connectionLogs: { bucket },
          healthCheckLogs: { bucket: s3.Bucket.fromBucketName(stack, 'Other', 'other'), prefix: 'a/AWSLogs' },
          responseHeaders: { contentSecurityPolicy: 'ä', frameOptions: 'ALLOW' },
        };
      }),
    ).toEqual([
      'clientKeepAlive in seconds must be a whole number from 60 to 604800, got 59',
      'minimumCapacityUnits must be a whole number of 100 or more, got 99',
      expect.stringContaining('connectionLogs.bucket is encrypted with a KMS key'),
      expect.stringContaining('healthCheckLogs.prefix must be a prefix'),
      expect.stringContaining('responseHeaders.contentSecurityPolicy must be'),
      expect.stringContaining('responseHeaders.frameOptions must be "DENY" or "SAMEORIGIN"'),
    ]);
  });
});
