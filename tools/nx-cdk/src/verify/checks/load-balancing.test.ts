import { awsError, deployedApp, deployedStack, findingOf, type Answers } from '../../testing/deployed';
import { listenerRulesExist } from './listener-rules-exist';
import { listenersExist } from './listeners-exist';
import { loadBalancersAreActive } from './load-balancers-are-active';
import { targetsAreHealthy } from './targets-are-healthy';

const group = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/api/5';
const app = deployedApp(
  deployedStack('alb', {
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Https: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Protocol: 'HTTPS', Port: 443 } },
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        Priority: 100,
        Conditions: [{ Field: 'path-pattern' }, { Field: 'source-ip' }],
        Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
      },
    },
    Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', id: group },
    Unused: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  }),
  deployedStack('compute', {
    Service: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [{ TargetGroupArn: group }] } },
  }),
);

describe('load balancers are active', () => {
  const find = (answer: object) => findingOf(loadBalancersAreActive, app, { DescribeLoadBalancers: () => answer });

  test('active ones are', async () => {
    const answer = { LoadBalancers: [{ State: { Code: 'active' }, DNSName: 'alb.example' }] };
    expect(await find(answer)).toEqual([true, 'active, alb.example']);
  });

  test('missing ones and others are not', async () => {
    expect(await find(awsError('LoadBalancerNotFoundException'))).toEqual([false, 'it does not exist']);
    const answer = { LoadBalancers: [{ State: { Code: 'failed', Reason: 'no subnet' } }] };
    expect(await find(answer)).toEqual([false, 'its state is failed: no subnet']);
  });
});

describe('listeners exist as in the template', () => {
  const find = (answer: object) => findingOf(listenersExist, app, { DescribeListeners: () => answer });

  test('the same protocol and port are needed', async () => {
    expect(await find({ Listeners: [{ Protocol: 'HTTPS', Port: 443 }] })).toEqual([true, 'HTTPS 443']);
    expect(await find({ Listeners: [{ Protocol: 'HTTP', Port: 80 }] })).toEqual([
      false,
      'it is HTTP 80 instead of HTTPS 443',
    ]);
    expect(await find(awsError('ListenerNotFoundException'))).toEqual([false, 'it does not exist']);
  });
});

describe('listener rules exist as in the template', () => {
  const find = (answer: object) => findingOf(listenerRulesExist, app, { DescribeRules: () => answer });
  const rule = {
    Priority: '100',
    Conditions: [{ Field: 'source-ip' }, { Field: 'path-pattern' }],
    Actions: [{ Type: 'forward', TargetGroupArn: group }],
  };

  test('the same priority, conditions and target are needed', async () => {
    expect(await find({ Rules: [rule] })).toEqual([true, 'priority 100, forward to api']);
    const other = { ...rule, Priority: '5', Actions: [{ Type: 'forward', TargetGroupArn: 'a/other/6' }] };
    expect(await find({ Rules: [other] })).toEqual([
      false,
      'its priority is 5 instead of 100; its actions is forward to other instead of forward to api',
    ]);
  });

  test('a deleted one does not exist', async () => {
    expect(await find(awsError('RuleNotFoundException'))).toEqual([false, 'it does not exist']);
  });
});

describe('target groups have healthy targets', () => {
  const find = (...states: readonly string[]) => {
    const targets = states.map((State) => ({
      Target: { Id: '10.0.0.1', Port: 3000 },
      TargetHealth: { State, Description: 'Health checks failed' },
    }));
    const answers: Answers = { DescribeTargetHealth: () => ({ TargetHealthDescriptions: targets }) };
    return findingOf(targetsAreHealthy, app, answers);
  };

  test('only those that a deployed service uses are meant: without services there is nothing to check', () => {
    expect(targetsAreHealthy.subjects(app).map(({ logicalId }) => logicalId)).toEqual(['Group']);
    expect(targetsAreHealthy.subjects(deployedApp(app.stacks[0]!))).toEqual([]);
  });

  test('one is needed, and none may be ill; those that leave do not count', async () => {
    expect(await find('healthy', 'draining')).toEqual([true, '1 healthy']);
    expect(await find('healthy', 'unhealthy')).toEqual([false, '10.0.0.1:3000 is unhealthy (Health checks failed)']);
    expect(await find('draining')).toEqual([false, 'it has no target']);
  });
});
