import { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { LogForwarderProps } from '../log-forwarder-props';

const EVENT_LABELS = ['log_group', 'log_stream', 'owner'];

/** @throws one error with everything that is wrong. */
export function validateLogForwarder(scope: Construct, props: LogForwarderProps): void {
  const validation = new PropsValidation(scope);
  const services = Object.keys(props.logGroups);
  validation.holds(services.length > 0, 'logGroups must have one log group or more, got none');
  for (const service of services) {
    validation.matches('logGroups: a service name', '[a-z][A-Za-z0-9-]*', 'in camel or kebab case', service);
  }
  validation.matches(
    'lokiUrl',
    'https://[^\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])([:/][^\\s]*)?',
    'an https URL (http for loopback only, since the credentials travel with every request)',
    props.lokiUrl,
  );
  for (const [name, value] of Object.entries(props.labels ?? {})) {
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
  for (const name of props.eventLabels ?? []) {
    validation.holds(
      EVENT_LABELS.includes(name),
      `eventLabels must be among ${EVENT_LABELS.join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  validation.inRange('timeout (seconds)', 10, 900, props.timeout?.toSeconds());
  validation.inRange('memoryMiB', 128, 10240, props.memoryMiB);
  validation.throwIfInvalid();
}
