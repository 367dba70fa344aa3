import type { IIoHost, IoMessage, IoRequest } from '@aws-cdk/toolkit-lib';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Listener } from '../events/event';
import type { Activity } from './activity';
import type { ToolkitCalls } from './toolkit-calls';

/** The toolkit's coded messages that the engine understands; the text of messages is no contract. */
const MONITOR_STARTED = 'CDK_TOOLKIT_I5501';
const STACK_ACTIVITY = 'CDK_TOOLKIT_I5502';
const DEPLOYED = 'CDK_TOOLKIT_I5900';
const SDK_CALL = 'CDK_SDK_I0100';
const CONFIRM_DEPLOYMENT = 'CDK_TOOLKIT_I5060';

/** Who hears what of the toolkit. */
interface Ears {
  readonly activity: Activity;
  readonly calls: ToolkitCalls;
  readonly listener: Listener;
  /** Whether what is about to be deployed may be; asked when its change set is there. */
  readonly mayDeploy?: () => Promise<boolean>;
}

/** Turns the messages of one stack's toolkit into events, and answers its questions. */
export class EventIoHost implements IIoHost {
  private nothingChanged = false;

  public constructor(
    private readonly name: string,
    private readonly ears: Ears,
  ) {}

  /** Whether CloudFormation found nothing to change. */
  public get noOp(): boolean {
    return this.nothingChanged;
  }

  public notify(message: IoMessage<unknown>): Promise<void> {
    const { activity, calls, listener } = this.ears;
    switch (message.code) {
      case MONITOR_STARTED:
        activity.expect((message.data as { resourcesTotal?: number }).resourcesTotal);
        break;
      case STACK_ACTIVITY: {
        const progress = activity.record((message.data as { event: StackEvent }).event);
        if (progress) listener(progress);
        break;
      }
      case DEPLOYED:
        this.nothingChanged = (message.data as { noOp: boolean }).noOp;
        break;
      case SDK_CALL:
        calls.record(message.data);
        listener({ type: 'detail', name: this.name, text: message.message });
        break;
      default:
        listener({ type: 'detail', name: this.name, text: message.message });
    }
    return Promise.resolve();
  }

  /** Every question but one was answered before the run began, by the plan and its options. */
  public async requestResponse<T>(message: IoRequest<unknown, T>): Promise<T> {
    if (typeof message.defaultResponse !== 'boolean') return message.defaultResponse;
    const { mayDeploy } = this.ears;
    const answer: unknown = message.code === CONFIRM_DEPLOYMENT && mayDeploy ? await mayDeploy() : true;
    return answer as T;
  }
}
