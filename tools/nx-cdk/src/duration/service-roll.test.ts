import type { Template } from '../assembly/template';
import { TASK, taskStart } from './figures';
import { rollAdvice } from './roll-advice';
import { firstTasks, rollingUpdate, rollSettings } from './service-roll';

/** A service behind a load balancer, with the settings of AWS unless others are given. */
function template(details: { service?: object; group?: object; container?: object } = {}): Template {
  return {
    Resources: {
      Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { ...details.group } },
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ ...details.container }] } },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          TaskDefinition: { Ref: 'Task' },
          LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' } }],
          ...details.service,
        },
      },
    },
  };
}

const settingsOf = (from: Template) =>
  rollSettings(from.Resources!['Service']!.Properties!, { template: from }, [{ template: from }]);

describe('the roll of a service', () => {
  const tuned = template({
    group: {
      HealthCheckIntervalSeconds: 10,
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    },
    container: { StopTimeout: 60, HealthCheck: {} },
    service: { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } } },
  });

  test('follows AWS’s defaults where a template says nothing', () => {
    expect(settingsOf(template())).toEqual({
      batches: 1,
      healthCheckInterval: 30,
      deregistrationDelay: 300,
      stopTimeout: 30,
      hasContainerHealthCheck: false,
      hasCircuitBreaker: false,
    });
  });

  test('waits for drain and stop, which a first start does not', () => {
    const settings = settingsOf(tuned);
    const { boot, settle, stop } = TASK;
    const start = taskStart();
    expect(firstTasks(settings).typical).toBe(start.typical + boot.typical + 5 + settle.typical);
    expect(rollingUpdate(settings).typical).toBe(firstTasks(settings).typical + 30 + stop.typical);
    expect(rollingUpdate(settings, { ignoresSigterm: true }).typical).toBe(firstTasks(settings).typical + 30 + 60);
  });

  test('takes longer with a larger image', () => {
    const settings = settingsOf(tuned);
    const [small, large] = [100, 1000].map((imageMiB) => rollingUpdate(settings, { imageMiB }).typical);
    expect(large! - small!).toBeCloseTo(81);
  });

  test('takes as many rounds as the percentages allow no more for', () => {
    const rounds = template({
      service: { DeploymentConfiguration: { MinimumHealthyPercent: 50, MaximumPercent: 100 } },
    });
    expect(settingsOf(rounds).batches).toBe(2);
    const singleton = template({
      service: { DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 } },
    });
    expect(settingsOf(singleton).batches).toBe(1);
  });

  test('without load balancer and health check a task counts as healthy after 40 seconds', () => {
    const bare = settingsOf(template({ service: { LoadBalancers: undefined } }));
    const checked = settingsOf(template({ service: { LoadBalancers: undefined }, container: { HealthCheck: {} } }));
    expect(bare.deregistrationDelay).toBe(0);
    expect(firstTasks(bare).typical - firstTasks(checked).typical).toBe(40);
  });

  test('advice is given for what makes it slow, and none where nothing does', () => {
    const advice = (of: Template) => rollAdvice([{ template: of }], [{ template: of }], {}).join('\n');
    expect(advice(tuned)).toBe('');
    const slow = advice(template({ service: { DeploymentConfiguration: { MaximumPercent: 150 } } }));
    expect(slow).toMatch(/300 s.*deregistration.*\n.*30 s.*first health check.*\n.*2 rounds.*\n.*circuit breaker/s);
    expect(advice(template({ service: { LoadBalancers: undefined } }))).toContain('after 40 s');
    expect(advice(template({ container: { StopTimeout: 300 } }))).toContain('Fargate allows 120 s');
    expect(rollAdvice([{ template: tuned }], [{ template: tuned }], { imageMiB: 900 })).toEqual([
      'Service: each new task pulls an image of 900 MiB, which takes about 81 s; below 500 MiB it is less than 45 s',
    ]);
  });
});
