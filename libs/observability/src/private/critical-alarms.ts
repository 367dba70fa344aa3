import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MonitoredAlarm } from '../monitoring-part';
import { pascalCase } from './named';

/**
 * The alarms that notify: one for each subject, so that what fails together is one message, and nothing that stays wrong
 * for long hides something else. A composite alarm has a price of its own, so that a single alarm stands for itself.
 */
export function alarmPerSubject(scope: Construct, alarms: readonly MonitoredAlarm[]): cloudwatch.AlarmBase[] {
  const bySubject = new Map<string, cloudwatch.Alarm[]>();
  for (const { subject, alarm } of alarms) bySubject.set(subject, [...(bySubject.get(subject) ?? []), alarm]);
  const parent = new Construct(scope, 'CriticalBySubject');
  return [...bySubject].map(([subject, [first, ...others]]) =>
    others.length === 0
      ? first!
      : new cloudwatch.CompositeAlarm(parent, pascalCase(subject.replaceAll(' ', '-')), {
          alarmDescription: `Something does not work with the ${subject}.`,
          alarmRule: anyOf([first!, ...others]),
        }),
  );
}

/** A rule by which one or more of the alarms is in alarm. */
export function anyOf(alarms: readonly cloudwatch.IAlarm[]): cloudwatch.IAlarmRule {
  const rules = alarms.map((alarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM));
  return cloudwatch.AlarmRule.anyOf(...rules);
}
