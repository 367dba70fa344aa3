/** A log forwarder, as other stacks know it. */
export interface ILogForwarder {
  /** Name of the Lambda function. */
  readonly functionName: string;
  /** ARN of the Lambda function. */
  readonly functionArn: string;
  /** Name of the function's own log group. */
  readonly logGroupName: string;
  /** URL of the queue with the events that could not be forwarded. */
  readonly deadLetterQueueUrl: string;
  /** ARN of that queue. */
  readonly deadLetterQueueArn: string;
  /** Name of that queue, as metrics know it. */
  readonly deadLetterQueueName: string;
}

/** What is known of a log forwarder that another stack owns. */
export interface LogForwarderAttributes {
  /** Name of the Lambda function. */
  readonly functionName: string;
  /** ARN of the Lambda function. */
  readonly functionArn: string;
  /** Name of the function's own log group. */
  readonly logGroupName: string;
  /** URL of the queue with the events that could not be forwarded. */
  readonly deadLetterQueueUrl: string;
  /** ARN of that queue. */
  readonly deadLetterQueueArn: string;
  /** Name of that queue. */
  readonly deadLetterQueueName: string;
}
