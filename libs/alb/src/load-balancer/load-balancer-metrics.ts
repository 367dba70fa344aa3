import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';

const NAMESPACE = 'AWS/ApplicationELB';

/**
 * The metrics of a load balancer and its target groups, by their full names alone, so of imported ones, too. The period
 * is one minute, as Elastic Load Balancing reports, unless the options say otherwise.
 */
export class LoadBalancerMetrics {
  /** @param loadBalancerFullName `app/name/id` */
  constructor(private readonly loadBalancerFullName: string) {}

  /**
   * Any metric of the load balancer.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
   */
  public custom(metricName: string, options: MetricOptions = {}): Metric {
    return this.metric(metricName, Stats.SUM, options);
  }

  /** Requests that a target was chosen for. */
  public requestCount(options?: MetricOptions): Metric {
    return this.metric('RequestCount', Stats.SUM, options);
  }

  /** Seconds until a target began to answer; the 95th percentile. */
  public targetResponseTime(options?: MetricOptions): Metric {
    return this.metric('TargetResponseTime', Stats.p(95), options);
  }

  /** Responses with a 5xx of the load balancer itself, as when no target is healthy. */
  public loadBalancer5xx(options?: MetricOptions): Metric {
    return this.metric('HTTPCode_ELB_5XX_Count', Stats.SUM, options);
  }

  /** Responses with a 5xx of targets. */
  public target5xx(options?: MetricOptions): Metric {
    return this.metric('HTTPCode_Target_5XX_Count', Stats.SUM, options);
  }

  /** Connections refused because the load balancer had the most it can have. */
  public rejectedConnections(options?: MetricOptions): Metric {
    return this.metric('RejectedConnectionCount', Stats.SUM, options);
  }

  /** TLS handshakes that failed: no common cipher or version, an invalid client certificate. */
  public tlsNegotiationErrors(options?: MetricOptions): Metric {
    return this.metric('ClientTLSNegotiationErrorCount', Stats.SUM, options);
  }

  /** Capacity units used, which is what is paid for. */
  public consumedCapacityUnits(options?: MetricOptions): Metric {
    return this.metric('ConsumedLCUs', Stats.SUM, options);
  }

  /** Healthy targets of a group, in the zone that has the fewest. */
  public healthyTargets(targetGroupFullName: string, options?: MetricOptions): Metric {
    return this.metric('HealthyHostCount', Stats.MINIMUM, options, targetGroupFullName);
  }

  /** Unhealthy targets of a group, in the zone that has the most. */
  public unhealthyTargets(targetGroupFullName: string, options?: MetricOptions): Metric {
    return this.metric('UnHealthyHostCount', Stats.MAXIMUM, options, targetGroupFullName);
  }

  /** Requests of a group, divided by its targets. */
  public requestCountPerTarget(targetGroupFullName: string, options?: MetricOptions): Metric {
    return this.metric('RequestCountPerTarget', Stats.SUM, options, targetGroupFullName);
  }

  private metric(metricName: string, statistic: string, options: MetricOptions = {}, targetGroup?: string): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName,
      statistic,
      period: Duration.minutes(1),
      ...options,
      dimensionsMap: {
        LoadBalancer: this.loadBalancerFullName,
        ...(targetGroup !== undefined && { TargetGroup: targetGroup }),
        ...options.dimensionsMap,
      },
    });
  }
}
