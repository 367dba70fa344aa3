import type { SsmContract } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmSeverity } from './alarm-severity';
import { AlarmTopics } from './alarm-topics';
import type { IAlarmTopics } from './alarm-topics-attributes';
import { CertificateMonitoring } from './certificate-monitoring';
import { DatabaseMonitoring } from './database-monitoring';
import { FailedDeployments } from './failed-deployments';
import { LoadBalancerMonitoring } from './load-balancer-monitoring';
import { LogForwarderMonitoring } from './log-forwarder-monitoring';
import type { IMonitoring, MonitoringAttributes } from './monitoring-attributes';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringProps } from './monitoring-props';
import { alarmPerSubject, anyOf } from './private/critical-alarms';
import { validateCriticalAlarms, validateMonitoring } from './private/monitoring-validation';
import { DASHBOARD_WIDTH } from './private/widgets';
import { QueueMonitoring } from './queue-monitoring';
import { ServiceMonitoring } from './service-monitoring';
import { WebAclMonitoring } from './web-acl-monitoring';

/**
 * Alarms, a dashboard and topics for a backend of which only names need to be known.
 *
 * Critical alarms about the same subject, such as a service without a running task and so without a healthy target, are
 * one message. Each warning notifies.
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

  /** @throws when a prop is out of range, or nothing that is watched has a critical alarm. */
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    validateMonitoring(this, props);

    const parts = this.createParts(props);
    const alarms = parts.flatMap((part) => part.alarms);
    const topics = props.topics ?? new AlarmTopics(this, 'Topics', props);
    const critical = this.createCriticalAlarm(alarms);
    this.notify(critical.children, topics.criticalTopic, props.criticalActions, { whenOver: true });
    this.notify(alarmsOf(alarms, AlarmSeverity.WARNING), topics.warningTopic, props.warningActions);
    const deployments = this.watchDeployments(props, topics);
    const dashboard = this.createDashboard(
      props.dashboardName,
      [critical.alarm, ...alarms.map(({ alarm }) => alarm)],
      [...parts.map(({ widgets }) => widgets), ...(deployments ? [deployments.widgets] : [])],
    );

    this.criticalTopic = topics.criticalTopic;
    this.warningTopic = topics.warningTopic;
    this.encryptionKeyArn = topics.encryptionKeyArn;
    this.criticalAlarmArn = critical.alarm.alarmArn;
    this.criticalAlarmName = critical.alarm.alarmName;
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

  private createParts(props: MonitoringProps): IMonitoringPart[] {
    const { loadBalancer, services, queues, database, webAcl, certificates, logForwarder } = props;
    return [
      ...(loadBalancer ? [new LoadBalancerMonitoring(this, 'LoadBalancer', loadBalancer)] : []),
      ...(services ? [new ServiceMonitoring(this, 'Services', services)] : []),
      ...(queues ? [new QueueMonitoring(this, 'Queues', queues)] : []),
      ...(database ? [new DatabaseMonitoring(this, 'Database', database)] : []),
      ...(webAcl ? [new WebAclMonitoring(this, 'WebAcl', webAcl)] : []),
      ...(certificates ? [new CertificateMonitoring(this, 'Certificates', certificates)] : []),
      ...(logForwarder ? [new LogForwarderMonitoring(this, 'LogForwarder', logForwarder)] : []),
    ];
  }

  /** The one alarm that stands for all critical ones, without a message of its own, and those that have one. */
  private createCriticalAlarm(alarms: MonitoredAlarm[]) {
    const critical = alarms.filter(({ severity }) => severity === AlarmSeverity.CRITICAL);
    const children = alarmPerSubject(this, critical);
    validateCriticalAlarms(this, children.length);
    const alarm = new cloudwatch.CompositeAlarm(this, 'Critical', {
      alarmDescription: 'Something does not work: one or more of the critical alarms.',
      alarmRule: anyOf(children),
    });
    return { alarm, children };
  }

  private notify(
    alarms: cloudwatch.AlarmBase[],
    topic: sns.ITopic,
    actions: cloudwatch.IAlarmAction[] = [],
    { whenOver } = { whenOver: false },
  ): void {
    for (const alarm of alarms) {
      alarm.addAlarmAction(new SnsAction(topic), ...actions);
      if (whenOver) alarm.addOkAction(new SnsAction(topic));
    }
  }

  private watchDeployments({ services, failedDeployments }: MonitoringProps, topics: IAlarmTopics) {
    if (!services) return undefined;
    return new FailedDeployments(this, 'Deployments', {
      clusterName: services.clusterName,
      serviceNames: services.serviceNames,
      topic: failedDeployments === AlarmSeverity.WARNING ? topics.warningTopic : topics.criticalTopic,
    });
  }

  private createDashboard(
    dashboardName: string | undefined,
    alarms: cloudwatch.IAlarm[],
    sections: cloudwatch.IWidget[][],
  ): cloudwatch.Dashboard {
    const status = new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms, width: DASHBOARD_WIDTH });
    return new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName,
      defaultInterval: Duration.hours(3),
      widgets: [[status], ...sections],
    });
  }
}

function alarmsOf(alarms: MonitoredAlarm[], severity: AlarmSeverity): cloudwatch.Alarm[] {
  return alarms.filter((candidate) => candidate.severity === severity).map(({ alarm }) => alarm);
}
