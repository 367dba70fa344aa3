/** How soon a person is needed; each severity has a topic of its own. */
export enum AlarmSeverity {
  /** Something does not work: look now. */
  CRITICAL = 'critical',

  /** Something will not work, or works badly: look today. */
  WARNING = 'warning',
}
