import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { BackendLoadBalancer, DnsZone } from '../index';

const contract = new SsmContract({ environment: 'staging', stack: 'alb' });
const newStack = () => new Stack(new App(), 'Stack');

function publishing(): Template {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const { hostedZone } = new DnsZone(stack, 'Zone', { zoneName: 'example.com' });
  new BackendLoadBalancer(stack, 'Backend', {
    vpc,
    securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }),
    internalCidrs: ['10.0.0.0/16'],
    certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:1:certificate/a'),
    hostedZone,
    domainName: 'api.example.com',
  }).publish(contract);
  return Template.fromStack(stack);
}

describe('contract', () => {
  test('has the plan’s keys, the full names that metrics need, and where clients reach the backend', () => {
    const parameters = Object.values(publishing().findResources('AWS::SSM::Parameter'));
    const values = Object.fromEntries(
      parameters.map(({ Properties }) => [Properties.Name.split('/').pop(), Properties.Value]),
    );
    expect(Object.keys(values).sort()).toEqual(
      [
        'albArn',
        'albCanonicalHostedZoneId',
        'albDnsName',
        'albFullName',
        'albSecurityGroupId',
        'apiTargetGroupArn',
        'apiTargetGroupFullName',
        'httpListenerArn',
        'listenerArn',
        'schedulerTargetGroupArn',
        'schedulerTargetGroupFullName',
        'url',
        'workerTargetGroupArn',
        'workerTargetGroupFullName',
      ].sort(),
    );
    expect(values['url']).toBe('https://api.example.com');
    expect(values['listenerArn']).not.toEqual(values['httpListenerArn']);
  });

  test('another stack reads only what it uses, and gets the same members', () => {
    const stack = newStack();
    const imported = BackendLoadBalancer.fromSsm(stack, 'Backend', contract);
    expect(Object.keys(Template.fromStack(stack).findParameters('*'))).toEqual(['BootstrapVersion']);
    expect(stack.resolve(imported.loadBalancerFullName)).toEqual({ Ref: expect.stringContaining('albFullName') });
    expect(stack.resolve(imported.workerTargetGroup.targetGroupArn)).toEqual({
      Ref: expect.stringContaining('workerTargetGroupArn'),
    });
    expect(imported.workerTargetGroup).toBe(imported.workerTargetGroup);
  });

  test('can be imported by attributes', () => {
    const attrs = {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1',
      loadBalancerFullName: 'app/a/1',
      loadBalancerDnsName: 'a.elb.amazonaws.com',
      loadBalancerCanonicalHostedZoneId: 'Z1',
      apiTargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/api/1',
      workerTargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/worker/1',
      schedulerTargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/scheduler/1',
      apiTargetGroupFullName: 'targetgroup/api/1',
      workerTargetGroupFullName: 'targetgroup/worker/1',
      schedulerTargetGroupFullName: 'targetgroup/scheduler/1',
      httpListenerArn: 'arn:http',
      listenerArn: 'arn:https',
      url: 'https://api.example.com',
    };
    const imported = BackendLoadBalancer.fromBackendLoadBalancerAttributes(newStack(), 'Backend', attrs);
    expect(imported).toMatchObject({
      loadBalancerArn: attrs.loadBalancerArn,
      loadBalancerDnsName: attrs.loadBalancerDnsName,
      loadBalancerCanonicalHostedZoneId: 'Z1',
      apiTargetGroupFullName: 'targetgroup/api/1',
      workerTargetGroupFullName: 'targetgroup/worker/1',
      schedulerTargetGroupFullName: 'targetgroup/scheduler/1',
      httpListenerArn: 'arn:http',
      listenerArn: 'arn:https',
      url: 'https://api.example.com',
    });
    expect(imported.apiTargetGroup.targetGroupArn).toBe(attrs.apiTargetGroupArn);
    expect(imported.schedulerTargetGroup.targetGroupArn).toBe(attrs.schedulerTargetGroupArn);
  });
});
