import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** What every name of a log destination starts with; the error that WAF gives otherwise is about the ARN. */
export const LOG_DESTINATION_PREFIX = 'aws-waf-logs-';

/**
 * A log destination that exists already, of the web ACL's account and region. Its name starts with `aws-waf-logs-`, or WAF
 * refuses it with an error about the ARN (https://github.com/aws/aws-cdk/issues/18253).
 */
export class WebAclLogDestination {
  /** A log group. */
  public static logGroup(logGroup: ILogGroup): WebAclLogDestination {
    // WAF takes the ARN without the ":*" that the L2's ends with.
    return new WebAclLogDestination(logGroup.logGroupName, logGroup.logGroupArn.replace(/:\*$/, ''));
  }

  /** A bucket; its own stack lets `delivery.logs.amazonaws.com` write to it. */
  public static bucket(bucket: IBucket): WebAclLogDestination {
    return new WebAclLogDestination(bucket.bucketName, bucket.bucketArn);
  }

  /** A Data Firehose stream. */
  public static deliveryStream(stream: IDeliveryStream): WebAclLogDestination {
    return new WebAclLogDestination(stream.deliveryStreamName, stream.deliveryStreamArn);
  }

  private constructor(
    /** Name of the destination. */
    public readonly destinationName: string,
    /** ARN of the destination. */
    public readonly destinationArn: string,
  ) {}
}
