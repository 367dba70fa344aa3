import type { PropsValidation } from '@v3-backend/core';
import { Duration, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { TRAFFIC_SHIFT } from './private/defaults';

/** CloudFormation refuses deployments that would take longer than this many minutes: it waits for 36 hours. */
const MAX_MINUTES = 33 * 60;
const DAY_MINUTES = 24 * 60;

/** Between what ECS shifts traffic, and what watches over it. */
export interface TrafficShiftProps {
  /** The second target group, of the same kind as the service's first; the rules forward to both. */
  readonly alternateTargetGroup: elbv2.IApplicationTargetGroup;

  /**
   * ARN of the listener rule that sends the users' requests. ECS changes its weights with each deployment: a stack that
   * owns the rule and states weights of its own puts them back when it is updated (aws-cdk issue 36649).
   */
  readonly productionRuleArn: string;

  /**
   * ARN of the listener rule by which the new tasks can be tested before users reach them.
   *
   * @default - no test traffic
   */
  readonly testRuleArn?: string;

  /**
   * How long the old tasks stay after all traffic has been shifted, for a rollback without a start.
   *
   * @default Duration.minutes(10)
   */
  readonly bakeTime?: Duration;

  /**
   * Lambda functions that ECS asks at stages of the deployment whether to go on.
   *
   * @default - none
   */
  readonly lifecycleHooks?: ecs.IDeploymentLifecycleHookTarget[];

  /**
   * The role with which ECS changes rules and target groups.
   *
   * @default - a role with the policy AmazonECSInfrastructureRolePolicyForLoadBalancers
   */
  readonly infrastructureRole?: iam.IRole;
}

/** How fast traffic is shifted. */
export interface TrafficShiftSteps {
  /**
   * The share of traffic of one step, in percent, in tenths: from 0.1 for a canary, from 3 for linear, up to 100.
   *
   * @default 5 for a canary, 10 for linear
   */
  readonly stepPercent?: number;

  /**
   * How long each step lasts, in whole minutes, 24 hours at most.
   *
   * @default Duration.minutes(10) for a canary, 6 for linear
   */
  readonly stepBakeTime?: Duration;
}

/**
 * A deployment that starts all new tasks beside the old ones, and then shifts traffic to them. ECS does it by itself,
 * without CodeDeploy.
 */
export class TrafficShift {
  /** All traffic at once. */
  public static blueGreen(props: TrafficShiftProps): TrafficShift {
    return new TrafficShift(ecs.DeploymentStrategy.BLUE_GREEN, props, {});
  }

  /** A small share first, and then the rest. */
  public static canary(props: TrafficShiftProps, steps: TrafficShiftSteps = {}): TrafficShift {
    return new TrafficShift(ecs.DeploymentStrategy.CANARY, props, steps);
  }

  /** In equal shares. */
  public static linear(props: TrafficShiftProps, steps: TrafficShiftSteps = {}): TrafficShift {
    return new TrafficShift(ecs.DeploymentStrategy.LINEAR, props, steps);
  }

  private readonly bakeTime: Duration;
  private readonly step: Required<TrafficShiftSteps>;

  private constructor(
    private readonly strategy: ecs.DeploymentStrategy,
    private readonly props: TrafficShiftProps,
    steps: TrafficShiftSteps,
  ) {
    const defaults = strategy === ecs.DeploymentStrategy.LINEAR ? TRAFFIC_SHIFT.linear : TRAFFIC_SHIFT.canary;
    this.bakeTime = props.bakeTime ?? Duration.minutes(TRAFFIC_SHIFT.bakeMinutes);
    this.step = {
      stepPercent: steps.stepPercent ?? defaults.percent,
      stepBakeTime: steps.stepBakeTime ?? Duration.minutes(defaults.minutes),
    };
  }

  /**
   * Adds to `validation` what AWS would refuse, or what would silently not work.
   *
   * @internal
   */
  public _validate(validation: PropsValidation, targetGroup?: elbv2.IApplicationTargetGroup): void {
    const { alternateTargetGroup, productionRuleArn, testRuleArn } = this.props;
    const rule = ['arn:[^:]+:elasticloadbalancing:.+:listener-rule/app/.+', 'the ARN of a listener’s rule'] as const;
    validation.holds(
      targetGroup !== undefined,
      'trafficShift needs a targetGroup: that is what traffic is shifted from',
    );
    validation.holds(
      alternateTargetGroup.targetGroupArn !== targetGroup?.targetGroupArn,
      'trafficShift.alternateTargetGroup must not be the service’s own targetGroup; give a second one',
    );
    validation.matches('trafficShift.productionRuleArn', ...rule, productionRuleArn);
    validation.matches('trafficShift.testRuleArn', ...rule, testRuleArn);
    validation.holds(
      testRuleArn !== productionRuleArn,
      'trafficShift.testRuleArn must not be the productionRuleArn: users would be sent to untested tasks',
    );
    this.validateDuration(validation);
  }

  /**
   * The properties of the service, and those of its load balancer.
   *
   * @internal
   */
  public _bind(scope: Construct): {
    readonly service: Partial<ecs.BaseServiceOptions>;
    readonly loadBalancer: ecs.CfnService.AdvancedConfigurationProperty;
  } {
    const { strategy, bakeTime, step, props } = this;
    return {
      service: {
        deploymentStrategy: strategy,
        bakeTime,
        lifecycleHooks: props.lifecycleHooks,
        canaryConfiguration: strategy === ecs.DeploymentStrategy.CANARY ? step : undefined,
        linearConfiguration: strategy === ecs.DeploymentStrategy.LINEAR ? step : undefined,
      },
      loadBalancer: {
        alternateTargetGroupArn: props.alternateTargetGroup.targetGroupArn,
        productionListenerRule: props.productionRuleArn,
        testListenerRule: props.testRuleArn,
        roleArn: (props.infrastructureRole ?? createInfrastructureRole(scope)).roleArn,
      },
    };
  }

  private validateDuration(validation: PropsValidation): void {
    const { strategy, bakeTime, step } = this;
    const bakeMinutes = bakeTime.toMinutes({ integral: false });
    const stepMinutes = step.stepBakeTime.toMinutes({ integral: false });
    validation.inRange('trafficShift.bakeTime (minutes)', 0, DAY_MINUTES, bakeMinutes);
    validation.inRange('stepBakeTime (minutes)', 0, DAY_MINUTES, stepMinutes);
    if (Token.isUnresolved(step.stepPercent)) return;
    const smallest = strategy === ecs.DeploymentStrategy.LINEAR ? 3 : 0.1;
    const tenths = Math.round(step.stepPercent * 10);
    validation.holds(
      step.stepPercent >= smallest && step.stepPercent <= 100 && Math.abs(tenths - step.stepPercent * 10) < 1e-9,
      `stepPercent must be from ${smallest} to 100, in tenths, got ${step.stepPercent}`,
    );
    const steps = { BLUE_GREEN: 0, CANARY: 1, LINEAR: Math.ceil(1000 / tenths), ROLLING: 0 }[strategy];
    const total = bakeMinutes + steps * stepMinutes;
    validation.holds(
      !(total > MAX_MINUTES),
      `bakeTime and ${steps} steps of stepBakeTime must not exceed 33 hours together, got ${total / 60} hours`,
    );
  }
}

function createInfrastructureRole(scope: Construct): iam.IRole {
  return new iam.Role(scope, 'InfrastructureRole', {
    assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonECSInfrastructureRolePolicyForLoadBalancers')],
  });
}
