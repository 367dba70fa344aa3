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
   * Where records go. A bucket must let `delivery.logs.amazonaws.com` write below its prefix; the stack that owns the
   * bucket says so, since an imported bucket takes no policy.
   *
   * @default - a log group of their own
   */
  readonly destination?: ec2.FlowLogDestination;

  /**
   * How long records are kept in their own log group, one of the periods that CloudWatch Logs offers; not with a
   * `destination`.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Which traffic is recorded.
   *
   * @default FlowLogTrafficType.ALL
   */
  readonly trafficType?: ec2.FlowLogTrafficType;

  /**
   * Over which time a record adds up packets.
   *
   * @default FlowLogMaxAggregationInterval.TEN_MINUTES
   */
  readonly aggregationInterval?: ec2.FlowLogMaxAggregationInterval;

  /**
   * The fields of a record, 1 or more. A change replaces the flow log; what it recorded stays.
   *
   * @default - those of version 2, see `LogFormat.ALL_DEFAULT_FIELDS`
   */
  readonly format?: ec2.LogFormat[];

  /**
   * Whether the records in their own log group outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** Records the traffic of a VPC, in a log group of its own unless another destination is given. */
export class VpcFlowLogs extends Construct {
  /** Where the records are; undefined with a `destination`. */
  public readonly logGroup?: logs.LogGroup;

  /** @throws when `retention` is not a period that CloudWatch Logs offers, or does not apply; when `format` is empty. */
  constructor(scope: Construct, id: string, props: VpcFlowLogsProps) {
    super(scope, id);
    validate(this, props);

    if (!props.destination) this.logGroup = createLogGroup(this, props);
    new ec2.FlowLog(this, 'FlowLog', {
      resourceType: ec2.FlowLogResourceType.fromVpc(props.vpc),
      destination: props.destination ?? ec2.FlowLogDestination.toCloudWatchLogs(this.logGroup),
      trafficType: props.trafficType ?? ec2.FlowLogTrafficType.ALL,
      maxAggregationInterval: props.aggregationInterval,
      logFormat: props.format,
    });
  }
}

function createLogGroup(scope: Construct, { retention, protect = true }: VpcFlowLogsProps): logs.LogGroup {
  return new logs.LogGroup(scope, 'LogGroup', {
    retention: retention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}

function validate(scope: Construct, { retention, destination, format }: VpcFlowLogsProps): void {
  const offered = Object.values(logs.RetentionDays).filter((days) => typeof days === 'number');
  const validation = new PropsValidation(scope);
  validation.holds(
    retention === undefined || offered.includes(retention),
    `retention must be one of ${offered.filter((days) => days !== logs.RetentionDays.INFINITE).join(', ')} days ` +
      `(or RetentionDays.INFINITE), got ${retention}`,
  );
  validation.holds(
    retention === undefined || destination === undefined,
    `retention is for the log group that is made without a destination, got ${retention} and a destination; set it there`,
  );
  validation.holds(format === undefined || format.length > 0, 'format must have 1 or more fields, got none');
  validation.throwIfInvalid();
}
