import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  APPS,
  LISTENER,
  LOAD_BALANCER,
  RULE,
  TARGET_GROUP,
  attributes,
  newStack,
  propertiesOf,
  required,
  withSsl,
} from '../../test/fixture';
import { BackendLoadBalancer, type BackendLoadBalancerProps, JwtClaimFormat, WebAcl } from '../index';

function synthesize(
  props: (stack: Stack) => Partial<BackendLoadBalancerProps> = () => ({}),
  stack = newStack(),
): Template {
  new BackendLoadBalancer(stack, 'Backend', { ...required(stack), ...props(stack) });
  return Template.fromStack(stack);
}

const attributesOf = (template: Template) =>
  attributes(propertiesOf(template, LOAD_BALANCER)[0].LoadBalancerAttributes);

describe.each(APPS)('load balancer, in an app %s', (_title, context, env) => {
  test('every target group has a rule on the listener that serves, with and without SSL', () => {
    for (const props of [() => ({}), withSsl]) {
      const template = synthesize(props, newStack(context, env));
      const groups = Object.keys(template.findResources(TARGET_GROUP));
      const rules = Object.values(template.findResources(RULE)).map(({ Properties }) => Properties);
      const forwarded = rules.flatMap(({ Actions: [action] }) => action.TargetGroupArn?.Ref ?? []);
      expect(forwarded.sort()).toEqual(groups.sort());
      expect(new Set(rules.map(({ ListenerArn }) => ListenerArn.Ref)).size).toBe(1);
    }
  });

  test('writes no security group rule', () => {
    const template = synthesize(withSsl, newStack(context, env));
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
      [50_000, '/*', 'forward', undefined],
    ]);
  });
});

describe('access to worker and scheduler', () => {
  const header = { name: 'x-internal-caller', value: 'gateway' };
  const fieldsOf = (template: Template, priority: number) =>
    propertiesOf(template, RULE)
      .find(({ Priority }) => Priority === priority)
      .Conditions.map(({ Field }: { Field: string }) => Field);

  test('can need a header instead of an address', () => {
    const template = synthesize(() => ({ internalCidrs: undefined, internalHeader: header }));
    for (const priority of [100, 110]) expect(fieldsOf(template, priority)).toEqual(['path-pattern', 'http-header']);
    template.hasResourceProperties(RULE, {
      Priority: 100,
      Conditions: Match.arrayWith([
        { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-internal-caller', Values: ['gateway'] } },
      ]),
    });
  });

  test('can need both, and the refusal of everybody else needs none', () => {
    const template = synthesize(() => ({ internalHeader: header }));
    expect(fieldsOf(template, 100)).toEqual(['path-pattern', 'source-ip', 'http-header']);
    expect(fieldsOf(template, 120)).toEqual(['path-pattern']);
  });

  test('can be given to IPv6 networks', () => {
    const template = synthesize(() => ({ internalCidrs: ['2001:db8::/32'] }));
    expect(JSON.stringify(propertiesOf(template, RULE))).toContain('2001:db8::/32');
  });
});

describe('tokens', () => {
  test('of requests to the API can be verified, with claims, before the API sees them', () => {
    const template = synthesize((stack) => ({
      ...withSsl(stack),
      apiJwt: {
        issuer: 'https://issuer.example.com',
        jwksEndpoint: 'https://issuer.example.com/keys',
        claims: [
          { name: 'aud', values: ['api'] },
          { name: 'scope', values: ['read', 'write'], format: JwtClaimFormat.SPACE_SEPARATED_VALUES },
        ],
      },
    }));
    template.hasResourceProperties(RULE, {
      Priority: 50_000,
      Actions: [
        {
          Type: 'jwt-validation',
          Order: 1,
          JwtValidationConfig: {
            Issuer: 'https://issuer.example.com',
            JwksEndpoint: 'https://issuer.example.com/keys',
            AdditionalClaims: [
              { Name: 'aud', Values: ['api'], Format: 'single-string' },
              { Name: 'scope', Values: ['read', 'write'], Format: 'space-separated-values' },
            ],
          },
        },
        { Type: 'forward', Order: 2 },
      ],
    });
  });

  test('need no further claims', () => {
    const template = synthesize((stack) => ({
      ...withSsl(stack),
      apiJwt: { issuer: 'https://issuer.example.com', jwksEndpoint: 'https://issuer.example.com/keys' },
    }));
    expect(JSON.stringify(propertiesOf(template, RULE))).not.toContain('AdditionalClaims');
  });
});

describe('further routes', () => {
  test('reach the API under other hosts and paths, before its own rule and after those of worker and scheduler', () => {
    const stack = newStack();
    const backend = new BackendLoadBalancer(stack, 'Backend', required(stack));
    const { priority } = backend.addRoute('Partners', {
      hosts: ['partners.example.com'],
      paths: ['/partners/*'],
      targetGroup: backend.apiTargetGroup,
    });
    expect(priority).toBeGreaterThan(120);
    expect(priority).toBeLessThan(50_000);
    Template.fromStack(stack).hasResourceProperties(RULE, {
      Priority: priority,
      Actions: [{ Type: 'forward', TargetGroupArn: { Ref: Match.stringLikeRegexp('TargetGroupsApi') } }],
    });
  });

  test('cannot take the place of a rule of the backend’s own', () => {
    const stack = newStack();
    const backend = new BackendLoadBalancer(stack, 'Backend', required(stack));
    expect(() =>
      backend.addRoute('Other', { paths: ['/other'], targetGroup: backend.apiTargetGroup, priority: 120 }),
    ).toThrow(/would both have the priority 120 .* give one of them a priority from 1 to 9999/);
  });
});

describe('target groups', () => {
  test('have no fixed name, health checks every 10 s, and let go of a target after 30 s', () => {
    const template = synthesize();
    template.resourceCountIs(TARGET_GROUP, 3);
    template.allResourcesProperties(TARGET_GROUP, {
      Name: Match.absent(),
      TargetType: 'ip',
      Port: 3000,
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
  });
});

describe('target groups of single services', () => {
  test('differ from the others where they say so', () => {
    const template = synthesize(() => ({
      applicationPort: 8080,
      healthCheckPath: '/up',
      apiTargets: { slowStart: Duration.seconds(60), healthCheck: { interval: Duration.seconds(15) } },
      schedulerTargets: { port: 9000, healthCheck: { path: '/alive' }, deregistrationDelay: Duration.seconds(5) },
      workerTargets: { algorithm: elbv2.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS },
    }));
    const group = (service: string) =>
      Object.entries(template.findResources(TARGET_GROUP)).find(([id]) => id.includes(service))![1].Properties;
    expect(group('Api')).toMatchObject({ Port: 8080, HealthCheckPath: '/up', HealthCheckIntervalSeconds: 15 });
    expect(attributes(group('Api').TargetGroupAttributes)).toMatchObject({ 'slow_start.duration_seconds': '60' });
    expect(group('Scheduler')).toMatchObject({ Port: 9000, HealthCheckPath: '/alive' });
    expect(attributes(group('Scheduler').TargetGroupAttributes)).toMatchObject({
      'deregistration_delay.timeout_seconds': '5',
    });
    expect(group('Worker')).toMatchObject({ Port: 8080, HealthCheckIntervalSeconds: 10 });
    expect(attributes(group('Worker').TargetGroupAttributes)).toMatchObject({
      'load_balancing.algorithm.type': 'least_outstanding_requests',
    });
  });
});

describe('load balancer', () => {
  test('is public, hardened and protected by default, and has no fixed name', () => {
    const template = synthesize();
    template.hasResourceProperties(LOAD_BALANCER, {
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
