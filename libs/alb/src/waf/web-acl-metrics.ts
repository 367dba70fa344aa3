import { Aws } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IWebAcl, WebAclAttributes } from './web-acl-interface';

/** A metric of a web ACL or one of its rules. */
export function webAclMetric(
  webAclMetricName: string,
  metricName: string,
  rule: string = 'ALL',
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: 'AWS/WAFV2',
    metricName,
    statistic: Stats.SUM,
    ...options,
    dimensionsMap: { WebACL: webAclMetricName, Region: Aws.REGION, Rule: rule, ...options.dimensionsMap },
  });
}

/** A web ACL that exists already, by its attributes. */
export class ImportedWebAcl extends Construct implements IWebAcl {
  public readonly webAclArn: string;
  public readonly webAclName: string;
  public readonly webAclId: string;
  public readonly metricName: string;

  constructor(scope: Construct, id: string, attrs: WebAclAttributes) {
    super(scope, id);
    this.webAclArn = attrs.webAclArn;
    this.webAclName = attrs.webAclName;
    this.webAclId = attrs.webAclId;
    this.metricName = attrs.metricName;
  }

  public metric(metricName: string, rule?: string, options?: MetricOptions): Metric {
    return webAclMetric(this.metricName, metricName, rule, options);
  }

  public metricBlockedRequests(options?: MetricOptions): Metric {
    return this.metric('BlockedRequests', undefined, options);
  }
}
