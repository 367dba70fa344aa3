import { PropsValidation } from '@v3-backend/core';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSeverity } from './alarm-severity';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringPartOptions } from './monitoring-part-options';
import { Alarms, type AlarmSpec } from './private/alarms';
import { calculation, metric } from './private/metrics';
import { mapValues, pascalCase, validateNames } from './private/named';
import { graph, heading } from './private/widgets';

/** Properties of a `ServiceMonitoring`. */
export interface ServiceMonitoringProps extends MonitoringPartOptions {
  /** Name of the ECS cluster. It must have Container Insights: without, the running tasks are not known. */
  readonly clusterName: string;

  /** ECS service name by the name that alarms and graphs use, e.g. `{ api: 'api-1AB2' }`. */
  readonly serviceNames: { [service: string]: string };

  /**
   * The CPU utilization above which a service has too little, in percent.
   *
   * @default 85
   */
  readonly maxCpuPercent?: number;

  /**
   * The memory utilization above which tasks are about to be killed, in percent.
   *
   * @default 90
   */
  readonly maxMemoryPercent?: number;
}

/** Watches ECS services: running and missing tasks, CPU, memory. */
export class ServiceMonitoring extends Construct implements IMonitoringPart {
  public readonly alarms: MonitoredAlarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a prop or an override is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: ServiceMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateNames(validation, 'serviceNames', props.serviceNames);
    validation.inRange('maxCpuPercent', 1, 100, props.maxCpuPercent);
    validation.inRange('maxMemoryPercent', 1, 100, props.maxMemoryPercent);

    const services = mapValues(props.serviceNames, (name) => serviceMetrics(props.clusterName, name));
    const specs = Object.entries(services).flatMap(([service, metrics]) => serviceAlarms(props, service, metrics));
    const alarms = new Alarms(this, validation, specs, props.alarmOverrides);
    this.alarms = alarms.all;
    this.widgets = [
      heading('Services'),
      graph(
        'Running tasks',
        mapValues(services, ({ running }) => running),
        alarms.of('NotRunning'),
      ),
      graph(
        'CPU, percent',
        mapValues(services, ({ cpu }) => cpu),
        alarms.of('Cpu'),
      ),
      graph(
        'Memory, percent',
        mapValues(services, ({ memory }) => memory),
        alarms.of('Memory'),
      ),
    ];
  }
}

function serviceMetrics(ClusterName: string, ServiceName: string) {
  const measure = (namespace: string, metricName: string, statistic: string) =>
    metric(namespace, metricName, { ClusterName, ServiceName }, statistic);
  const running = measure('ECS/ContainerInsights', 'RunningTaskCount', 'Minimum');
  const desired = measure('ECS/ContainerInsights', 'DesiredTaskCount', 'Minimum');
  return {
    running,
    // Without any running task there is another alarm.
    missing: calculation('IF($running > 0, $desired - $running, 0)', { desired, running }),
    cpu: measure('AWS/ECS', 'CPUUtilization', 'Average'),
    memory: measure('AWS/ECS', 'MemoryUtilization', 'Average'),
  };
}

function serviceAlarms(
  props: ServiceMonitoringProps,
  service: string,
  metrics: ReturnType<typeof serviceMetrics>,
): AlarmSpec[] {
  const id = (kind: string) => ({ id: `${pascalCase(service)}${kind}`, kind, subject: `service ${service}` });
  return [
    {
      ...id('NotRunning'),
      severity: AlarmSeverity.CRITICAL,
      metric: metrics.running,
      description: `No task of ${service} is running.`,
      threshold: { below: 1 },
      periods: 5,
      silence: 'alarm',
    },
    {
      ...id('MissingTasks'),
      severity: AlarmSeverity.WARNING,
      metric: metrics.missing,
      description: `${service} has had fewer tasks than it should have for 15 minutes.`,
      threshold: { above: 0 },
      periods: 15,
      silence: 'fine',
    },
    {
      ...id('Cpu'),
      severity: AlarmSeverity.WARNING,
      metric: metrics.cpu,
      description: `${service} has been short of CPU for 15 minutes, although it scales on it.`,
      threshold: { above: props.maxCpuPercent ?? 85 },
      periods: 15,
      silence: 'fine',
    },
    {
      ...id('Memory'),
      severity: AlarmSeverity.WARNING,
      metric: metrics.memory,
      description: `${service} has almost no memory left; its tasks are about to be killed.`,
      threshold: { above: props.maxMemoryPercent ?? 90 },
      periods: 5,
      silence: 'fine',
    },
  ];
}
