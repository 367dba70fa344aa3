import { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { LogForwarderProps } from '../log-forwarder-props';
import { validateNames } from './named';

export const DEFAULT_MAX_REQUEST_KIB = 1024;
export const DEFAULT_MAX_LINE_KIB = 256;
export const DEFAULT_EVENT_LABELS = ['log_group'];
const EVENT_LABELS = ['log_group', 'log_stream', 'owner'];
/** Loki's default for a stream, `max_label_names_per_series`. */
const MAX_LABELS = 15;
/** Subscription filters of a log group. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_FILTERS = 5;
/** Characters of a filter pattern (`PutSubscriptionFilter`). */
const MAX_PATTERN_LENGTH = 1024;

/** @throws one error with everything that is wrong. */
export function validateLogForwarder(scope: Construct, props: LogForwarderProps): void {
  const validation = new PropsValidation(scope);
  validateNames(validation, 'logGroups', props.logGroups);
  validateLogGroups(validation, props);
  validation.matches(
    'lokiUrl',
    'https://[^\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])([:/][^\\s]*)?',
    'an https URL (http for loopback only, since the credentials travel with every request)',
    props.lokiUrl,
  );
  validateLabels(validation, props);
  validatePatterns(validation, props);
  const maxRequestKiB = props.maxRequestKiB ?? DEFAULT_MAX_REQUEST_KIB;
  validation.inRange('maxRequestKiB', 64, 4096, maxRequestKiB);
  validation.inRange('maxLineKiB', 1, 1024, props.maxLineKiB);
  validation.holds(
    (props.maxLineKiB ?? DEFAULT_MAX_LINE_KIB) * 2 <= maxRequestKiB,
    `maxLineKiB must be half of maxRequestKiB (${maxRequestKiB}) at most, got ${props.maxLineKiB ?? DEFAULT_MAX_LINE_KIB}`,
  );
  validation.inRange('timeout (seconds)', 10, 900, props.timeout?.toSeconds());
  validation.inRange('memoryMiB', 128, 10240, props.memoryMiB);
  validation.throwIfInvalid();
}

/** Two services of the same log group would be one label for both. */
function validateLogGroups(validation: PropsValidation, { logGroups }: LogForwarderProps): void {
  const seen = new Map<string, string>();
  for (const [service, { logGroupName }] of Object.entries(logGroups)) {
    const other = seen.get(logGroupName);
    validation.holds(other === undefined, `logGroups.${service} must not be the log group of ${other}, too`);
    seen.set(logGroupName, service);
  }
}

function validateLabels(validation: PropsValidation, props: LogForwarderProps): void {
  const labels = Object.entries(props.labels ?? {});
  for (const [name, value] of labels) {
    const form = 'letters, digits and "_", not starting with a digit';
    validation.matches('labels: a name', '[a-zA-Z_][a-zA-Z0-9_]*', form, name);
    validation.holds(
      name !== 'service' && !EVENT_LABELS.includes(name),
      `labels must not have ${name}: it is a label of the forwarder’s own`,
    );
    // The labels are rendered as JSON text, in which a token would be quoted wrongly.
    validation.holds(!Token.isUnresolved(value), `labels.${name} must be known at synthesis, but is a token`);
    validation.holds(value !== '', `labels.${name} must not be empty`);
  }
  const eventLabels = props.eventLabels ?? DEFAULT_EVENT_LABELS;
  for (const name of eventLabels) {
    validation.holds(
      EVENT_LABELS.includes(name),
      `eventLabels must be among ${EVENT_LABELS.join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  const count = 1 + labels.length + eventLabels.length;
  validation.holds(
    count <= MAX_LABELS,
    `service, labels and eventLabels are ${count} labels together; Loki accepts ${MAX_LABELS}`,
  );
}

function validatePatterns(validation: PropsValidation, props: LogForwarderProps): void {
  validation.holds(
    (props.filterPattern ?? '').length <= MAX_PATTERN_LENGTH,
    `filterPattern must have ${MAX_PATTERN_LENGTH} characters at most, got ${props.filterPattern?.length}`,
  );
  for (const [service, patterns] of Object.entries(props.serviceFilterPatterns ?? {})) {
    const prop = `serviceFilterPatterns.${service}`;
    validation.holds(service in props.logGroups, `${prop} must be for one of logGroups, which has no ${service}`);
    validation.inRange(`${prop}: the number of patterns`, 1, MAX_FILTERS, patterns.length);
    validation.holds(new Set(patterns).size === patterns.length, `${prop} must not have the same pattern twice`);
    for (const pattern of patterns) {
      validation.holds(
        pattern.length <= MAX_PATTERN_LENGTH,
        `${prop}: a pattern must have ${MAX_PATTERN_LENGTH} characters at most, got ${pattern.length}`,
      );
    }
  }
}
