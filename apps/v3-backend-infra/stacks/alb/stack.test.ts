import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AlbStack } from './stack';

const environments = ['local', 'development', 'staging', 'production'];

function synthesize(environment: string, ssl = true): Template {
  const config = loadEnvironmentConfig(environment);
  const loadBalancer = ssl ? config.loadBalancer : { ...config.loadBalancer, ssl: undefined };
  return Template.fromStack(new AlbStack(new App(), 'Alb', { config: { ...config, loadBalancer } }));
}

describe.each(environments)('%s', (environment) => {
  test('with SSL it serves HTTPS under its name, without SSL it serves HTTP and reads neither zone nor certificate', () => {
    const withSsl = synthesize(environment);
    withSsl.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 2);
    withSsl.hasResourceProperties('AWS::Route53::RecordSet', {
      Type: 'A',
      Name: `${loadEnvironmentConfig(environment).loadBalancer.ssl?.domainName}.`,
    });
    const withoutSsl = synthesize(environment, false);
    withoutSsl.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    withoutSsl.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(Object.keys(withoutSsl.findParameters('*')).join()).not.toMatch(/certificate|hostedzone/);
  });

  test('the same keys are published with SSL and without', () => {
    const keys = (ssl: boolean) =>
      Object.values(synthesize(environment, ssl).findResources('AWS::SSM::Parameter')).map(
        ({ Properties }) => Properties.Name,
      );
    expect(keys(true)).toEqual(keys(false));
    for (const key of ['apiTargetGroupArn', 'albFullName', 'albSecurityGroupId']) {
      expect(keys(true)).toContain(`/v3-backend/${environment}/alb/${key}`);
    }
  });

  test('requests pass the web ACL and are logged', () => {
    const template = synthesize(environment);
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      WebACLArn: { Ref: Match.stringLikeRegexp('wafwebAclArn') },
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([
        { Key: 'access_logs.s3.bucket', Value: { Ref: Match.stringLikeRegexp('s3logsBucketName') } },
      ]),
    });
  });
});

test('production can move to another zone, region or environment, and browsers stay with HTTPS', () => {
  const template = synthesize('production');
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    LoadBalancerAttributes: Match.arrayWith([{ Key: 'zonal_shift.config.enabled', Value: 'true' }]),
  });
  template.hasResourceProperties('AWS::Route53::RecordSet', { SetIdentifier: 'eu-central-1', Weight: 100 });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    SslPolicy: Match.stringLikeRegexp('-PQ-'),
    ListenerAttributes: Match.arrayWith([
      Match.objectLike({ Key: Match.stringLikeRegexp('strict_transport_security'), Value: 'max-age=31536000' }),
    ]),
  });
});

test('whatever takes tags says to which layer it belongs, and who is asked and pays', () => {
  synthesize('production').allResourcesProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Tags: Match.arrayWith(
      [
        ['cost-center', 'v3-backend-production'],
        ['environment', 'production'],
        ['layer', 'alb'],
        ['owner', 'platform@v3-backend.example.com'],
      ].map(([Key, Value]) => ({ Key, Value })),
    ),
  });
});
