import { Lazy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { newStack, problemsOf } from '../../test/fixture';
import { AliasRecords, type AliasRecordsProps, PublicLoadBalancer } from '../index';

const RECORD = 'AWS::Route53::RecordSet';

function propsIn(stack = newStack()): AliasRecordsProps {
  return {
    loadBalancer: PublicLoadBalancer.fromPublicLoadBalancerAttributes(stack, 'Imported', {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1',
      loadBalancerFullName: 'app/web/1',
      loadBalancerDnsName: 'web.elb.amazonaws.com',
      loadBalancerCanonicalHostedZoneId: 'ZELB',
      httpListenerArn: 'arn:http',
      listenerArn: 'arn:https',
      url: 'https://www.example.com',
    }),
    hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    domainName: 'api.example.com',
  };
}

function synthesize(props: Partial<AliasRecordsProps> = {}): Template {
  const stack = newStack();
  new AliasRecords(stack, 'Name', { ...propsIn(stack), ...props });
  return Template.fromStack(stack);
}

describe('alias records', () => {
  test('give an imported load balancer a name, A only unless it serves IPv6', () => {
    const template = synthesize();
    template.resourceCountIs(RECORD, 1);
    template.hasResourceProperties(RECORD, {
      Type: 'A',
      Name: 'api.example.com.',
      HostedZoneId: 'Z1',
      AliasTarget: { DNSName: 'dualstack.web.elb.amazonaws.com', HostedZoneId: 'ZELB' },
      Weight: Match.absent(),
      SetIdentifier: Match.absent(),
    });
    synthesize({ dualStack: true }).hasResourceProperties(RECORD, { Type: 'AAAA', Name: 'api.example.com.' });
  });

  test('can have the weight 0, which is not the same as no weight', () => {
    synthesize({ weightedRecord: { weight: 0, setIdentifier: 'green' } }).hasResourceProperties(RECORD, {
      Weight: 0,
      SetIdentifier: 'green',
      AliasTarget: { EvaluateTargetHealth: true },
    });
  });

  test('can lead to unhealthy targets, where that is wanted', () => {
    synthesize({
      weightedRecord: { weight: 5, setIdentifier: 'green', evaluateTargetHealth: false },
    }).hasResourceProperties(RECORD, { AliasTarget: { EvaluateTargetHealth: false } });
  });

  test('keep their logical ids when they become weighted, so that CloudFormation updates them in place', () => {
    const idsOf = (template: Template) => Object.keys(template.findResources(RECORD));
    expect(idsOf(synthesize({ dualStack: true, weightedRecord: { weight: 1, setIdentifier: 'a' } }))).toEqual(
      idsOf(synthesize({ dualStack: true })),
    );
  });

  test('outside of their zone are refused, all problems at once', () => {
    const stack = newStack();
    const props = {
      ...propsIn(stack),
      domainName: 'api.example.org',
      weightedRecord: { weight: -1, setIdentifier: '' },
    };
    expect(problemsOf(() => new AliasRecords(stack, 'Name', props))).toEqual([
      'domainName must be in the hosted zone, which is example.com, got "api.example.org"',
      expect.stringContaining('weightedRecord.weight must be'),
      expect.stringContaining('weightedRecord.setIdentifier must be'),
    ]);
  });

  test('whose name ends like the zone’s are not in it', () => {
    const stack = newStack();
    expect(
      problemsOf(() => new AliasRecords(stack, 'Name', { ...propsIn(stack), domainName: 'badexample.com' })),
    ).toEqual([expect.stringContaining('domainName must be in the hosted zone')]);
  });

  test('whose name is known at deployment only are accepted', () => {
    const domainName = Lazy.string({ produce: () => 'api.example.com' });
    synthesize({ domainName }).hasResourceProperties(RECORD, { Name: 'api.example.com.' });
  });
});
