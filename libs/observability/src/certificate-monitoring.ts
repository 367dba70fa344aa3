import { PropsValidation } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSeverity } from './alarm-severity';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringPartOptions } from './monitoring-part-options';
import { Alarms, type AlarmSpec } from './private/alarms';
import { metric } from './private/metrics';
import { mapValues, pascalCase, validateNames } from './private/named';
import { graph, heading } from './private/widgets';

/** Properties of a `CertificateMonitoring`. */
export interface CertificateMonitoringProps extends MonitoringPartOptions {
  /** ARN of the ACM certificate by the name that alarms and graphs use. In the region of the stack. */
  readonly certificateArns: { [name: string]: string };

  /**
   * For how long a certificate should still be valid. ACM renews 60 days before the end, so that less says that it
   * could not.
   *
   * @default Duration.days(30)
   */
  readonly minValidity?: Duration;

  /**
   * The validity below which it is critical.
   *
   * @default Duration.days(7)
   */
  readonly criticalValidity?: Duration;
}

/** Watches ACM certificates: whether they are renewed in time. */
export class CertificateMonitoring extends Construct implements IMonitoringPart {
  public readonly alarms: MonitoredAlarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a prop or an override is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: CertificateMonitoringProps) {
    super(scope, id);
    const warningDays = (props.minValidity ?? Duration.days(30)).toDays();
    const criticalDays = (props.criticalValidity ?? Duration.days(7)).toDays();
    const validation = new PropsValidation(this);
    validateNames(validation, 'certificateArns', props.certificateArns);
    validation.inRange('minValidity (days)', 2, 59, warningDays);
    validation.inRange('criticalValidity (days)', 1, 58, criticalDays);
    validation.holds(
      criticalDays < warningDays,
      `criticalValidity must be shorter than minValidity, got ${criticalDays} and ${warningDays} days`,
    );

    const daysLeft = mapValues(props.certificateArns, (CertificateArn) =>
      metric('AWS/CertificateManager', 'DaysToExpiry', { CertificateArn }, 'Minimum', Duration.days(1)),
    );
    const specs = Object.entries(daysLeft).flatMap(([name, metric]) => [
      expiryAlarm(name, 'NotRenewed', AlarmSeverity.WARNING, metric, warningDays),
      expiryAlarm(name, 'Expiring', AlarmSeverity.CRITICAL, metric, criticalDays),
    ]);
    const alarms = new Alarms(this, validation, specs, props.alarmOverrides);
    this.alarms = alarms.all;
    this.widgets = [heading('Certificates'), graph('Days left', daysLeft, alarms.of('NotRenewed', 'Expiring'))];
  }
}

function expiryAlarm(
  name: string,
  kind: string,
  severity: AlarmSeverity,
  metric: cloudwatch.Metric,
  days: number,
): AlarmSpec {
  return {
    id: `${pascalCase(name)}${kind}`,
    kind,
    subject: `certificate ${name}`,
    severity,
    metric,
    description: `The certificate ${name} expires in less than ${days} days and was not renewed.`,
    threshold: { below: days },
    periods: 1,
    // ACM no longer reports a certificate that has expired: the alarm is to stay.
    silence: 'no news',
  };
}
