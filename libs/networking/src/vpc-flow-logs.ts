import { PropsValidation } from '@v3-backend/core';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What flow logs are made of. */
export interface VpcFlowLogsProps {
  /** The VPC whose traffic is recorded. */
  readonly vpc: ec2.IVpc;

  /**
   * How long records are kept, one of the periods that CloudWatch Logs offers.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Whether the records outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** Records accepted and rejected traffic of a VPC in a log group of its own. */
export class VpcFlowLogs extends Construct {
  /** Where the records are. */
  public readonly logGroup: logs.LogGroup;

  /** @throws when `retention` is not a period that CloudWatch Logs offers. */
  constructor(scope: Construct, id: string, props: VpcFlowLogsProps) {
    super(scope, id);
    const retention = props.retention ?? logs.RetentionDays.ONE_MONTH;
    validateRetention(this, retention);

    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention,
      removalPolicy: (props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    new ec2.FlowLog(this, 'FlowLog', {
      resourceType: ec2.FlowLogResourceType.fromVpc(props.vpc),
      destination: ec2.FlowLogDestination.toCloudWatchLogs(this.logGroup),
      trafficType: ec2.FlowLogTrafficType.ALL,
    });
  }
}

function validateRetention(scope: Construct, retention: number): void {
  const offered = Object.values(logs.RetentionDays).filter((days) => typeof days === 'number');
  const validation = new PropsValidation(scope);
  validation.holds(
    offered.includes(retention),
    `retention must be one of ${offered.filter((days) => days !== logs.RetentionDays.INFINITE).join(', ')} days ` +
      `(or RetentionDays.INFINITE), got ${retention}`,
  );
  validation.throwIfInvalid();
}
