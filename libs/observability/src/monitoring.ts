import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmTopics, type AlarmTopicsProps } from './alarm-topics';
import { DatabaseMonitoring, type DatabaseMonitoringProps } from './database-monitoring';
import { LoadBalancerMonitoring, type LoadBalancerMonitoringProps } from './load-balancer-monitoring';
import type { IMonitoring, MonitoringAttributes } from './monitoring-attributes';
import type { IMonitoringPart } from './monitoring-part';
import { QueueMonitoring, type QueueMonitoringProps } from './queue-monitoring';
import { ServiceMonitoring, type ServiceMonitoringProps } from './service-monitoring';

/** Properties of a `Monitoring`; one of the parts is needed at least. */
export interface MonitoringProps extends AlarmTopicsProps {
  /**
   * The load balancer and its target groups.
   *
   * @default - not watched
   */
  readonly loadBalancer?: LoadBalancerMonitoringProps;

  /**
   * The ECS services.
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
   * Name of the dashboard; letters, digits, "-" and "_".
   *
   * @default - named by CloudFormation
   */
  readonly dashboardName?: string;
}

/**
 * Alarms, a dashboard and topics for a backend of which only names need to be known.
 *
 * A critical alarm does not notify by itself: what fails together is one message, from the one alarm that stands for all
 * of them. Each warning notifies.
 */
export class Monitoring extends Construct implements IMonitoring {
  /** The monitoring of another stack, by its attributes. */
  public static fromMonitoringAttributes(scope: Construct, id: string, attributes: MonitoringAttributes): IMonitoring {
    const parent = new Construct(scope, id);
    const { criticalTopicArn, warningTopicArn, ...names } = attributes;
    return {
      ...names,
      criticalTopic: sns.Topic.fromTopicArn(parent, 'Critical', criticalTopicArn),
      warningTopic: sns.Topic.fromTopicArn(parent, 'Warning', warningTopicArn),
    };
  }

  /** The monitoring of another stack, by what that publishes. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IMonitoring {
    const read = (key: string) => contract.read(scope, key);
    return Monitoring.fromMonitoringAttributes(scope, id, {
      criticalTopicArn: read('criticalTopicArn'),
      warningTopicArn: read('warningTopicArn'),
      criticalAlarmArn: read('criticalAlarmArn'),
      criticalAlarmName: read('criticalAlarmName'),
      dashboardName: read('dashboardName'),
      encryptionKeyArn: read('encryptionKeyArn'),
    });
  }

  public readonly criticalTopic: sns.ITopic;
  public readonly warningTopic: sns.ITopic;
  public readonly criticalAlarmArn: string;
  public readonly criticalAlarmName: string;
  public readonly dashboardName: string;
  public readonly encryptionKeyArn: string;

  /** @throws when a prop is out of range, or there is nothing to watch. */
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { loadBalancer, services, queues, database } = props;
    const validation = new PropsValidation(this);
    validation.holds(
      [loadBalancer, services, queues, database].some((part) => part !== undefined),
      'one of loadBalancer, services, queues and database is needed, but none was given',
    );
    validation.matches('dashboardName', '[A-Za-z0-9_-]{1,255}', 'letters, digits, "-" and "_"', props.dashboardName);
    validation.throwIfInvalid();

    const parts: IMonitoringPart[] = [
      ...(loadBalancer ? [new LoadBalancerMonitoring(this, 'LoadBalancer', loadBalancer)] : []),
      ...(services ? [new ServiceMonitoring(this, 'Services', services)] : []),
      ...(queues ? [new QueueMonitoring(this, 'Queues', queues)] : []),
      ...(database ? [new DatabaseMonitoring(this, 'Database', database)] : []),
    ];
    const topics = new AlarmTopics(this, 'Topics', props);
    const critical = this.notify(parts, topics);
    const dashboard = this.createDashboard(parts, critical, props.dashboardName);

    this.criticalTopic = topics.criticalTopic;
    this.warningTopic = topics.warningTopic;
    this.encryptionKeyArn = topics.encryptionKey.keyArn;
    this.criticalAlarmArn = critical.alarmArn;
    this.criticalAlarmName = critical.alarmName;
    this.dashboardName = dashboard.dashboardName;
  }

  /** Publishes the complete set of the monitoring's values; the README lists the keys. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      criticalTopicArn: this.criticalTopic.topicArn,
      warningTopicArn: this.warningTopic.topicArn,
      criticalAlarmArn: this.criticalAlarmArn,
      criticalAlarmName: this.criticalAlarmName,
      dashboardName: this.dashboardName,
      encryptionKeyArn: this.encryptionKeyArn,
    });
  }

  private notify(parts: IMonitoringPart[], topics: AlarmTopics): cloudwatch.CompositeAlarm {
    const warn = new SnsAction(topics.warningTopic);
    for (const alarm of parts.flatMap(({ warningAlarms }) => warningAlarms)) alarm.addAlarmAction(warn);
    const rules = parts.flatMap(({ criticalAlarms }) => criticalAlarms).map((alarm) => ruleOf(alarm));
    const composite = new cloudwatch.CompositeAlarm(this, 'Critical', {
      alarmDescription: 'Something does not work: one or more of the critical alarms.',
      alarmRule: cloudwatch.AlarmRule.anyOf(...rules),
    });
    composite.addAlarmAction(new SnsAction(topics.criticalTopic));
    composite.addOkAction(new SnsAction(topics.criticalTopic));
    return composite;
  }

  private createDashboard(parts: IMonitoringPart[], critical: cloudwatch.IAlarm, dashboardName?: string) {
    const alarms = [critical, ...parts.flatMap((part) => [...part.criticalAlarms, ...part.warningAlarms])];
    const status = new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms, width: 24 });
    return new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName,
      defaultInterval: Duration.hours(3),
      widgets: [[status], ...parts.map(({ widgets }) => widgets)],
    });
  }
}

function ruleOf(alarm: cloudwatch.IAlarm): cloudwatch.IAlarmRule {
  return cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM);
}
