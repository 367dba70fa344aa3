import type { AlarmSeverity } from './alarm-severity';

/** What is different about one alarm. */
export interface AlarmOverride {
  /**
   * Whether there is such an alarm.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How soon a person is needed.
   *
   * @default - as the README's table says
   */
  readonly severity?: AlarmSeverity;

  /**
   * The value above, or below, which it is in alarm, in the unit of what it watches: percent, seconds, bytes, days.
   *
   * @default - as the part's props say
   */
  readonly threshold?: number;

  /**
   * For how many periods in a row before it is in alarm. A period is a minute, and a day for certificates.
   *
   * @default - as the README's table says
   */
  readonly periods?: number;
}

/** Properties that the parts of a monitoring have in common. */
export interface AlarmOverrides {
  /**
   * What is different about single alarms, by their names, e.g. `{ WorkerCpu: { threshold: 95 }, ApiMemory: { enabled:
   * false } }`. The README lists the names.
   *
   * @default - nothing
   */
  readonly alarmOverrides?: { [alarm: string]: AlarmOverride };
}
