import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
const LEAST_MINUTES = 30;
const TIME = '([01]\\d|2[0-3]):[0-5]\\d';
const DAY = `(${DAYS.join('|')})`;

/** A span of the week; it may run into the next one. */
interface Span {
  readonly start: number;
  readonly minutes: number;
}

/** Both windows are well formed and long enough, and apart from each other, as RDS demands. */
export function validateWindows(validation: PropsValidation, backup?: string, maintenance?: string): void {
  validation.matches('backupWindow', `${TIME}-${TIME}`, 'two times of the day such as "02:00-02:30"', backup);
  validation.matches(
    'maintenanceWindow',
    `${DAY}:${TIME}-${DAY}:${TIME}`,
    'two times of the week such as "sun:03:00-sun:03:30"',
    maintenance,
  );
  const backups = parse(backup, new RegExp(`^${TIME}-${TIME}$`), MINUTES_A_DAY);
  const maintained = parse(maintenance, new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`), MINUTES_A_WEEK);
  validation.holds(
    !backups || backups.minutes >= LEAST_MINUTES,
    `backupWindow must be ${LEAST_MINUTES} minutes or longer, got "${backup}"`,
  );
  validation.holds(
    !maintained || (maintained.minutes >= LEAST_MINUTES && maintained.minutes <= MINUTES_A_DAY),
    `maintenanceWindow must be ${LEAST_MINUTES} minutes to 24 hours long, got "${maintenance}"`,
  );
  const daily = backups ? DAYS.map((_, day) => ({ ...backups, start: backups.start + day * MINUTES_A_DAY })) : [];
  validation.holds(
    !maintained || !daily.some((span) => overlap(span, maintained)),
    `backupWindow and maintenanceWindow must not overlap, got "${backup}" and "${maintenance}"`,
  );
}

/** Undefined where the window is unknown, or malformed, which is reported already. */
function parse(window: string | undefined, form: RegExp, period: number): Span | undefined {
  if (window === undefined || Token.isUnresolved(window) || !form.test(window)) return undefined;
  const [start, end] = window.split('-').map(minuteOf) as [number, number];
  return { start, minutes: (end - start + period) % period };
}

function minuteOf(time: string): number {
  const parts = time.split(':');
  const day = parts.length === 3 ? DAYS.indexOf(parts.shift()!) : 0;
  return day * MINUTES_A_DAY + Number(parts[0]) * 60 + Number(parts[1]);
}

function overlap(one: Span, other: Span): boolean {
  const after = (from: number, to: number) => (to - from + MINUTES_A_WEEK) % MINUTES_A_WEEK;
  return after(one.start, other.start) < one.minutes || after(other.start, one.start) < other.minutes;
}
