import { PropsValidation } from '@v3-backend/core';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IMonitoringPart } from './monitoring-part';
import { byName, createAlarm, graph, metric, pascalCase } from './private/alarms';

/** Properties of a `ServiceMonitoring`. */
export interface ServiceMonitoringProps {
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

/** Watches ECS services: running tasks, CPU, memory. */
export class ServiceMonitoring extends Construct implements IMonitoringPart {
  public readonly criticalAlarms: cloudwatch.Alarm[];
  public readonly warningAlarms: cloudwatch.Alarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a threshold is out of range. */
  constructor(scope: Construct, id: string, props: ServiceMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.inRange('maxCpuPercent', 1, 100, props.maxCpuPercent);
    validation.inRange('maxMemoryPercent', 1, 100, props.maxMemoryPercent);
    validation.throwIfInvalid();

    const services = Object.entries(props.serviceNames);
    const measure = (namespace: string, metricName: string, statistic: string) =>
      services.map(([, ServiceName]) =>
        metric(namespace, metricName, { ClusterName: props.clusterName, ServiceName }, statistic),
      );
    const running = measure('ECS/ContainerInsights', 'RunningTaskCount', 'Minimum');
    const cpu = measure('AWS/ECS', 'CPUUtilization', 'Average');
    const memory = measure('AWS/ECS', 'MemoryUtilization', 'Average');

    const down = services.map(([service], index) =>
      createAlarm(this, `${pascalCase(service)}NotRunning`, {
        metric: running[index]!,
        description: `No task of ${service} is running.`,
        below: 1,
        periods: 5,
        silence: 'alarm',
      }),
    );
    const busy = services.map(([service], index) =>
      createAlarm(this, `${pascalCase(service)}Cpu`, {
        metric: cpu[index]!,
        description: `${service} has been short of CPU for 15 minutes, although it scales on it.`,
        above: props.maxCpuPercent ?? 85,
        periods: 15,
        silence: 'fine',
      }),
    );
    const full = services.map(([service], index) =>
      createAlarm(this, `${pascalCase(service)}Memory`, {
        metric: memory[index]!,
        description: `${service} has almost no memory left; its tasks are about to be killed.`,
        above: props.maxMemoryPercent ?? 90,
        periods: 5,
        silence: 'fine',
      }),
    );
    this.criticalAlarms = down;
    this.warningAlarms = [...busy, ...full];
    this.widgets = [
      graph('Running tasks', byName(props.serviceNames, running), down),
      graph('CPU, percent', byName(props.serviceNames, cpu), busy),
      graph('Memory, percent', byName(props.serviceNames, memory), full),
    ];
  }
}
