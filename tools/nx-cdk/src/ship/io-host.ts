import type { IIoHost, IoMessage, IoRequest } from '@aws-cdk/toolkit-lib';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Listener } from '../events/event';
import type { Activity } from './activity';

/** The toolkit's coded messages that the engine understands; the text of messages is no contract. */
const MONITOR_STARTED = 'CDK_TOOLKIT_I5501';
const STACK_ACTIVITY = 'CDK_TOOLKIT_I5502';
const DEPLOYED = 'CDK_TOOLKIT_I5900';

/** Turns the messages of one stack's toolkit into events, and answers its questions. */
export class EventIoHost implements IIoHost {
  private nothingChanged = false;

  public constructor(
    private readonly name: string,
    private readonly activity: Activity,
    private readonly listener: Listener,
  ) {}

  /** Whether CloudFormation found nothing to change. */
  public get noOp(): boolean {
    return this.nothingChanged;
  }

  public notify(message: IoMessage<unknown>): Promise<void> {
    switch (message.code) {
      case MONITOR_STARTED:
        this.activity.expect((message.data as { resourcesTotal?: number }).resourcesTotal);
        break;
      case STACK_ACTIVITY: {
        const progress = this.activity.record((message.data as { event: StackEvent }).event);
        if (progress) this.listener(progress);
        break;
      }
      case DEPLOYED:
        this.nothingChanged = (message.data as { noOp: boolean }).noOp;
        break;
      default:
        this.listener({ type: 'detail', name: this.name, text: message.message });
    }
    return Promise.resolve();
  }

  /** Every question was answered before the run began, by the plan and its options. */
  public requestResponse<T>(message: IoRequest<unknown, T>): Promise<T> {
    const yes: unknown = true;
    return Promise.resolve(typeof message.defaultResponse === 'boolean' ? (yes as T) : message.defaultResponse);
  }
}
