import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

export interface BackendTargetGroupsProps {
  readonly vpc: IVpc;
  readonly applicationPort: number;
  readonly healthCheckPath: string;
  readonly deregistrationDelay: Duration;
}

/** One target group for each service. They have no fixed names, so that CloudFormation can replace them. */
export class BackendTargetGroups extends Construct {
  public readonly api: elbv2.ApplicationTargetGroup;
  public readonly worker: elbv2.ApplicationTargetGroup;
  public readonly scheduler: elbv2.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: BackendTargetGroupsProps) {
    super(scope, id);
    const targetGroup = (service: string) =>
      new elbv2.ApplicationTargetGroup(this, service, {
        vpc: props.vpc,
        targetType: elbv2.TargetType.IP,
        protocol: elbv2.ApplicationProtocol.HTTP,
        port: props.applicationPort,
        deregistrationDelay: props.deregistrationDelay,
        // Healthy after 20 s and unhealthy after 30 s: a deployment waits for the first, users for the second.
        healthCheck: {
          path: props.healthCheckPath,
          interval: Duration.seconds(10),
          timeout: Duration.seconds(5),
          healthyThresholdCount: 2,
          unhealthyThresholdCount: 3,
        },
      });
    this.api = targetGroup('Api');
    this.worker = targetGroup('Worker');
    this.scheduler = targetGroup('Scheduler');
  }
}
