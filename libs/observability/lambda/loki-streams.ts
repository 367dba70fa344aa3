import type { LogBatch } from './log-event';
import type { Settings } from './settings';

/** Body of a Loki push request: a stream is a set of labels, a value is `[nanoseconds, line]`. */
export interface PushRequest {
  readonly streams: readonly { readonly stream: Record<string, string>; readonly values: [string, string][] }[];
}

/** Of a request, besides labels and values. */
const ENVELOPE_BYTES = Buffer.byteLength('{"streams":[{"stream":,"values":[]}]}');
const TRUNCATED = ' …[truncated]';

/** The push requests for a batch of log events, in the order in which they must be sent. */
export function pushRequests(batch: LogBatch, settings: Settings): PushRequest[] {
  const stream = labelsOf(batch, settings);
  const available = settings.maxRequestBytes - ENVELOPE_BYTES - Buffer.byteLength(JSON.stringify(stream));
  return chunks(values(batch, settings.maxLineBytes), available).map((chunk) => ({
    streams: [{ stream, values: chunk }],
  }));
}

function labelsOf(batch: LogBatch, { labels, eventLabels, logGroups }: Settings): Record<string, string> {
  const available = { log_group: batch.logGroup, log_stream: batch.logStream, owner: batch.owner };
  const service = Object.keys(logGroups).find((name) => logGroups[name] === batch.logGroup);
  return {
    ...labels,
    service: service ?? 'unknown',
    ...Object.fromEntries(eventLabels.map((name) => [name, available[name]])),
  };
}

/**
 * Sorted by time, and events of one millisecond set a nanosecond apart, so that they keep their order. The same batch
 * always gives the same values: when it is sent a second time, Loki drops what it has.
 */
function values(batch: LogBatch, maxLineBytes: number): [string, string][] {
  const sorted = [...batch.logEvents].sort((a, b) => a.timestamp - b.timestamp);
  let previous = -1;
  let offset = 0;
  return sorted.map(({ timestamp, message }) => {
    offset = timestamp === previous ? offset + 1 : 0;
    previous = timestamp;
    return [String(BigInt(timestamp) * 1_000_000n + BigInt(offset)), shortened(message, maxLineBytes)];
  });
}

function shortened(message: string, maxBytes: number): string {
  const line = message.replace(/\r?\n$/, '');
  if (Buffer.byteLength(line) <= maxBytes) return line;
  const kept = Buffer.from(line).subarray(0, maxBytes - Buffer.byteLength(TRUNCATED));
  // The cut may go through a character; what is left of it decodes to the replacement character.
  return kept.toString('utf8').replace(/\uFFFD$/, '') + TRUNCATED;
}

/** A value that alone is longer, since JSON escapes much of it, is a chunk of its own. */
function chunks(all: [string, string][], maxBytes: number): [string, string][][] {
  const result: [string, string][][] = [];
  let size = Infinity;
  for (const value of all) {
    const bytes = Buffer.byteLength(JSON.stringify(value)) + 1;
    if (size + bytes > maxBytes) {
      result.push([]);
      size = 0;
    }
    result.at(-1)!.push(value);
    size += bytes;
  }
  return result;
}
