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
