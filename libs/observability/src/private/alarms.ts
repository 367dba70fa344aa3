import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmOverride } from '../alarm-override';
import type { AlarmSeverity } from '../alarm-severity';
import type { MonitoredAlarm } from '../monitoring-part';

/** CloudWatch looks back one day at most, and seven where a period is an hour or more (`PutMetricAlarm`). */
const LOOK_BACK_SECONDS = { short: 86_400, long: 604_800 };

/** What silence means: always stated, since CloudWatch's default is an alarm of insufficient data, which tells nobody. */
const MISSING_DATA = {
  fine: cloudwatch.TreatMissingData.NOT_BREACHING,
  alarm: cloudwatch.TreatMissingData.BREACHING,
  'no news': cloudwatch.TreatMissingData.IGNORE,
};

/** An alarm as a part's defaults and props have it. */
export interface AlarmSpec {
  /** Its name among the part's alarms, and its construct's id: `ApiCpu`. */
  readonly id: string;
  /** What alarms on the same kind of thing have in common: `Cpu`. */
  readonly kind: string;
  readonly subject: string;
  readonly severity: AlarmSeverity;
  readonly metric: cloudwatch.Metric | cloudwatch.MathExpression;
  /** What a person reads who is woken by it. */
  readonly description: string;
  readonly threshold: { readonly above: number } | { readonly below: number };
  /** For how many of the metric's periods in a row. */
  readonly periods: number;
  readonly silence: keyof typeof MISSING_DATA;
}

/** The alarms of a part. */
export class Alarms {
  public readonly all: MonitoredAlarm[];
  private readonly byKind: { readonly kind: string; readonly alarm: cloudwatch.Alarm }[] = [];

  /** @throws when an override is for no alarm, or out of range; with what the validation found before. */
  constructor(
    scope: Construct,
    validation: PropsValidation,
    specs: AlarmSpec[],
    overrides: { [alarm: string]: AlarmOverride } = {},
  ) {
    validateOverrides(validation, specs, overrides);
    validation.throwIfInvalid();
    this.all = specs
      .filter(({ id }) => overrides[id]?.enabled ?? true)
      .map((spec) => {
        const alarm = createAlarm(scope, spec, overrides[spec.id] ?? {});
        this.byKind.push({ kind: spec.kind, alarm });
        return { alarm, severity: overrides[spec.id]?.severity ?? spec.severity, subject: spec.subject };
      });
  }

  /** Those of some kinds, whose thresholds belong into one graph. */
  public of(...kinds: string[]): cloudwatch.Alarm[] {
    return this.byKind.filter(({ kind }) => kinds.includes(kind)).map(({ alarm }) => alarm);
  }
}

function validateOverrides(
  validation: PropsValidation,
  specs: AlarmSpec[],
  overrides: { [alarm: string]: AlarmOverride },
): void {
  const names = specs.map(({ id }) => id).join(', ');
  for (const [id, { threshold, periods }] of Object.entries(overrides)) {
    const spec = specs.find((candidate) => candidate.id === id);
    validation.holds(spec !== undefined, `alarmOverrides must be for alarms there are (${names}), got ${id}`);
    if (spec === undefined) continue;
    validation.holds(
      threshold === undefined || Token.isUnresolved(threshold) || (Number.isFinite(threshold) && threshold >= 0),
      `alarmOverrides.${id}.threshold must be a number of 0 or more, got ${threshold}`,
    );
    validation.inRange(`alarmOverrides.${id}.periods`, 1, mostPeriods(spec.metric), periods);
  }
}

function mostPeriods({ period }: AlarmSpec['metric']): number {
  const seconds = period.toSeconds();
  return Math.floor((seconds < 3600 ? LOOK_BACK_SECONDS.short : LOOK_BACK_SECONDS.long) / seconds);
}

function createAlarm(scope: Construct, spec: AlarmSpec, override: AlarmOverride): cloudwatch.Alarm {
  const [comparisonOperator, threshold] =
    'above' in spec.threshold
      ? [cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD, spec.threshold.above]
      : [cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD, spec.threshold.below];
  return new cloudwatch.Alarm(scope, spec.id, {
    metric: spec.metric,
    alarmDescription: spec.description,
    threshold: override.threshold ?? threshold,
    comparisonOperator,
    evaluationPeriods: override.periods ?? spec.periods,
    treatMissingData: MISSING_DATA[spec.silence],
  });
}
