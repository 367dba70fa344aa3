import { type AwsCall, rememberCall } from '../live-state/aws-call';
import type { Pace } from '../live-state/pace';

/** What the toolkit tells of a call of the SDK when it is over, with its repetitions. */
interface FinishedCall {
  readonly clientName?: unknown;
  readonly commandName?: unknown;
  readonly error?: unknown;
  readonly metadata?: { readonly attempts?: number };
}

/** Watches the AWS calls that the toolkit makes by itself. */
export class ToolkitCalls {
  public constructor(
    private readonly region: string,
    private readonly pace: Pace,
  ) {}

  /** @param data of the toolkit's message of a call: what the SDK hands to its logger. */
  public record(data: unknown): void {
    const { content = [] } = data as { content?: readonly unknown[] };
    for (const { clientName, commandName, error, metadata } of content.filter(isFinishedCall)) {
      const call: AwsCall = {
        service: String(clientName).replace(/Client$/, ''),
        action: String(commandName).replace(/Command$/, ''),
        region: this.region,
      };
      rememberCall(error, call);
      this.pace.repeated(call, (metadata?.attempts ?? 1) - 1);
    }
  }
}

function isFinishedCall(content: unknown): content is FinishedCall {
  return typeof content === 'object' && content !== null && 'commandName' in content;
}
