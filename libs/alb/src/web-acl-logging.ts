import { ArnFormat, Aws, Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** WAF accepts no log destination whose name starts otherwise; the error it gives is about the ARN. */
export const LOG_GROUP_PREFIX = 'aws-waf-logs-';

export interface WebAclLoggingProps {
  readonly webAclArn: string;
  readonly logGroupName?: string;
  readonly retention: logs.RetentionDays;
  readonly redactedHeaders: string[];
  readonly protect: boolean;
}

/** The log group of a web ACL and what is written to it. */
export class WebAclLogging extends Construct {
  public readonly logGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: WebAclLoggingProps) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName: props.logGroupName ?? this.uniqueLogGroupName(),
      retention: props.retention,
      removalPolicy: props.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    new wafv2.CfnLoggingConfiguration(this, 'Configuration', {
      resourceArn: props.webAclArn,
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: this.logGroup.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      // The property is JSON to CloudFormation, hence the capital letter.
      redactedFields: props.redactedHeaders.map((name) => ({ singleHeader: { Name: name } })),
    });
  }

  /**
   * The prefix forces a fixed name. A part of the stack's id keeps it apart from the log group that an earlier stack of
   * the same name left behind.
   */
  private uniqueLogGroupName(): string {
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const name = Names.uniqueResourceName(this, { maxLength: 120, separator: '-', allowedSpecialCharacters: '-_' });
    return Fn.join('-', [`${LOG_GROUP_PREFIX}${name}`, Fn.select(0, Fn.split('-', stackUuid))]);
  }
}
