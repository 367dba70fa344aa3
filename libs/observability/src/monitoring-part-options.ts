import type { AlarmOverride } from './alarm-override';

/** Properties that the parts of a monitoring have in common. */
export interface MonitoringPartOptions {
  /**
   * What is different about single alarms, by their names, e.g. `{ WorkerCpu: { threshold: 95 }, ApiMemory: { enabled:
   * false } }`. The README lists the names.
   *
   * @default - nothing
   */
  readonly alarmOverrides?: { [alarm: string]: AlarmOverride };
}
