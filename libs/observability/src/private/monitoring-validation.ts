import { PropsValidation } from '@v3-backend/core';
import type { Construct } from 'constructs';
import type { MonitoringProps } from '../monitoring-props';

/** `PutCompositeAlarm`: a rule refers to 100 alarms at most. */
const MAX_ALARMS_IN_RULE = 100;

/** @throws one error with everything that is wrong, the parts' own props aside. */
export function validateMonitoring(scope: Construct, props: MonitoringProps): void {
  const { loadBalancer, services, queues, database, webAcl, certificates, logForwarder } = props;
  const parts = [loadBalancer, services, queues, database, webAcl, certificates, logForwarder];
  const validation = new PropsValidation(scope);
  validation.holds(
    parts.some((part) => part !== undefined),
    'one of loadBalancer, services, queues, database, webAcl, certificates and logForwarder is needed, but none was given',
  );
  validation.matches('dashboardName', '[A-Za-z0-9_-]{1,255}', 'letters, digits, "-" and "_"', props.dashboardName);
  validation.holds(
    props.failedDeployments === undefined || services !== undefined,
    'failedDeployments needs services, whose deployments they are',
  );
  for (const prop of ['criticalEmails', 'warningEmails', 'protect'] as const) {
    validation.holds(
      props.topics === undefined || props[prop] === undefined,
      `${prop} is for topics of its own, but topics were given: leave out one of both`,
    );
  }
  validation.throwIfInvalid();
}

/** @throws when the alarm that stands for all critical ones, which is published, would have none or too many. */
export function validateCriticalAlarms(scope: Construct, count: number): void {
  const validation = new PropsValidation(scope);
  validation.holds(
    count > 0,
    'nothing that is watched has a critical alarm, but one is needed: watch another part too, or override a severity',
  );
  validation.holds(
    count <= MAX_ALARMS_IN_RULE,
    `there are critical alarms about ${count} subjects, but at most ${MAX_ALARMS_IN_RULE} can be: use several Monitoring`,
  );
  validation.throwIfInvalid();
}
