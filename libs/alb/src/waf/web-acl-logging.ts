import { ArnFormat, Aws, Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { LOG_DESTINATION_PREFIX } from './web-acl-log-destination';
import type { WebAclProps } from './web-acl-props';

export interface WebAclLoggingProps extends WebAclProps {
  readonly webAclArn: string;
}

const DEFAULT_REDACTED_HEADERS = ['authorization', 'cookie'];

/** Where a web ACL logs and what. */
export class WebAclLogging extends Construct {
  /** The log group of this construct; undefined where another destination was given. */
  public readonly logGroup?: logs.ILogGroup;
  public readonly destinationArn: string;

  constructor(scope: Construct, id: string, props: WebAclLoggingProps) {
    super(scope, id);
    if (props.logDestination) {
      this.destinationArn = props.logDestination.destinationArn;
    } else {
      this.logGroup = this.createLogGroup(props);
      this.destinationArn = Stack.of(this).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: this.logGroup.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    }
    new wafv2.CfnLoggingConfiguration(this, 'Configuration', {
      resourceArn: props.webAclArn,
      logDestinationConfigs: [this.destinationArn],
      redactedFields: redactedFields(props),
      loggingFilter: loggingFilter(props),
    });
  }

  private createLogGroup(props: WebAclLoggingProps): logs.ILogGroup {
    return new logs.LogGroup(this, 'LogGroup', {
      logGroupName: props.logGroupName ?? this.uniqueLogGroupName(),
      retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
      removalPolicy: (props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /**
   * The prefix forces a fixed name. A part of the stack's id keeps it apart from the log group that an earlier stack of
   * the same name left behind.
   */
  private uniqueLogGroupName(): string {
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const name = Names.uniqueResourceName(this, { maxLength: 120, separator: '-', allowedSpecialCharacters: '-_' });
    return Fn.join('-', [`${LOG_DESTINATION_PREFIX}${name}`, Fn.select(0, Fn.split('-', stackUuid))]);
  }
}

/** The inner properties are JSON to CloudFormation, hence the capital letters here and below. */
function redactedFields(props: WebAclProps): wafv2.CfnLoggingConfiguration.FieldToMatchProperty[] {
  return [
    ...(props.redactedHeaders ?? DEFAULT_REDACTED_HEADERS).map((name) => ({ singleHeader: { Name: name } })),
    ...(props.redactQueryString ? [{ queryString: {} }] : []),
    ...(props.redactPath ? [{ uriPath: {} }] : []),
  ];
}

function loggingFilter({ loggedActions }: WebAclProps): object | undefined {
  if (!loggedActions) return undefined;
  const Conditions = loggedActions.map((action) => ({ ActionCondition: { Action: action } }));
  return { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions }] };
}
