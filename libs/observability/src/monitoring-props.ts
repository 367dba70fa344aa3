import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSeverity } from './alarm-severity';
import type { AlarmTopicsProps } from './alarm-topics';
import type { IAlarmTopics } from './alarm-topics-attributes';
import type { CertificateMonitoringProps } from './certificate-monitoring';
import type { DatabaseMonitoringProps } from './database-monitoring';
import type { LoadBalancerMonitoringProps } from './load-balancer-monitoring';
import type { LogForwarderMonitoringProps } from './log-forwarder-monitoring';
import type { QueueMonitoringProps } from './queue-monitoring';
import type { ServiceMonitoringProps } from './service-monitoring';
import type { WebAclMonitoringProps } from './web-acl-monitoring';

/** Properties of a `Monitoring`; one of the parts with critical alarms is needed at least. */
export interface MonitoringProps extends AlarmTopicsProps {
  /**
   * The load balancer and its target groups.
   *
   * @default - not watched
   */
  readonly loadBalancer?: LoadBalancerMonitoringProps;

  /**
   * The ECS services, and whether their deployments fail.
   *
   * @default - not watched
   */
  readonly services?: ServiceMonitoringProps;

  /**
   * The queues.
   *
   * @default - not watched
   */
  readonly queues?: QueueMonitoringProps;

  /**
   * The database.
   *
   * @default - not watched
   */
  readonly database?: DatabaseMonitoringProps;

  /**
   * The web ACL.
   *
   * @default - not watched
   */
  readonly webAcl?: WebAclMonitoringProps;

  /**
   * The certificates.
   *
   * @default - not watched
   */
  readonly certificates?: CertificateMonitoringProps;

  /**
   * The log forwarder.
   *
   * @default - not watched
   */
  readonly logForwarder?: LogForwarderMonitoringProps;

  /**
   * How severe it is that a deployment of one of `services` fails.
   *
   * @default AlarmSeverity.CRITICAL
   */
  readonly failedDeployments?: AlarmSeverity;

  /**
   * Where alarms go, if the topics exist already; not with `criticalEmails`, `warningEmails` and `protect`.
   *
   * @default - topics of its own
   */
  readonly topics?: IAlarmTopics;

  /**
   * What critical alarms do besides notifying, e.g. `new SsmAction(OpsItemSeverity.HIGH)` or a `LambdaAction`.
   *
   * @default - nothing
   */
  readonly criticalActions?: cloudwatch.IAlarmAction[];

  /**
   * What warnings do besides notifying.
   *
   * @default - nothing
   */
  readonly warningActions?: cloudwatch.IAlarmAction[];

  /**
   * Name of the dashboard; letters, digits, "-" and "_".
   *
   * @default - named by CloudFormation
   */
  readonly dashboardName?: string;
}
