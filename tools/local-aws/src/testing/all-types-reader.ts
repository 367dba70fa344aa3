import { LOCAL_ACCOUNT } from '../settings';
import { ISSUER } from './all-types-app';
import { callJson, callQuery, callRest, elements } from './aws-calls';
import type { Variant } from './variant';

const ECS = 'AmazonEC2ContainerServiceV20141113';
const WAF = 'AWSWAF_20190729';
const SCALING = 'AnyScaleFrontendService';
const CLOUDWATCH = 'GraniteServiceVersion20100801';
const EC2 = 'ec2';

interface Service {
  readonly taskDefinition: string;
  readonly deploymentConfiguration: { deploymentCircuitBreaker: { enable: boolean } };
}

/** Reads the resources of the all-types app back through the services' own APIs. */
export class AllTypesReader {
  constructor(private readonly url: string) {}

  /** What of the deployed resources a variant decides, in the form of the variant. */
  async variant(): Promise<Variant> {
    const [container] = await this.containers();
    const [addresses] = await this.blockedRanges();
    const flowLogs = await this.ec2('DescribeFlowLogs');
    const rules = await this.ec2('DescribeSecurityGroupRules');
    const descriptions = new Set(elements(rules, 'description').filter(Boolean));
    const [target] = await this.list<{ MaxCapacity: number }>(SCALING, 'DescribeScalableTargets', 'ScalableTargets', {
      ServiceNamespace: 'ecs',
    });
    const secret = await callJson<{ RotationRules: { AutomaticallyAfterDays: number } }>(
      this.url,
      'secretsmanager.DescribeSecret',
      { SecretId: 'all-types' },
    );
    const [alarm] = await this.list<{ Threshold: number }>(CLOUDWATCH, 'DescribeAlarms', 'MetricAlarms');
    return {
      image: String(container?.image),
      blockedRange: String(addresses),
      ruleDescription: [...descriptions].join(),
      maxCapacity: Number(target?.MaxCapacity),
      rotationDays: secret.RotationRules.AutomaticallyAfterDays,
      threshold: Number(alarm?.Threshold),
      circuitBreaker: (await this.service()).deploymentConfiguration.deploymentCircuitBreaker.enable,
      trafficType: elements(flowLogs, 'trafficType').join(),
      audience: await this.audience(),
    };
  }

  /** The containers of the task definition that the service runs. */
  async containers(): Promise<Record<string, unknown>[]> {
    const { taskDefinition } = await callJson<{ taskDefinition: { containerDefinitions: Record<string, unknown>[] } }>(
      this.url,
      `${ECS}.DescribeTaskDefinition`,
      { taskDefinition: (await this.service()).taskDefinition },
    );
    return taskDefinition.containerDefinitions;
  }

  /** Everything of the app's types that exists, whoever made it; empty after a destroy. */
  async existing(): Promise<string[]> {
    const [vpcs, addresses, gateways, flowLogs, groups] = await Promise.all(
      ['DescribeVpcs', 'DescribeAddresses', 'DescribeNatGateways', 'DescribeFlowLogs', 'DescribeSecurityGroups'].map(
        (action) => this.ec2(action),
      ),
    );
    const buckets = await callRest(this.url, 's3');
    const providers = await callQuery(this.url, 'iam', { Action: 'ListOpenIDConnectProviders' });
    const found = await Promise.all([
      this.list(WAF, 'ListIPSets', 'IPSets', { Scope: 'REGIONAL' }),
      this.list(WAF, 'ListWebACLs', 'WebACLs', { Scope: 'REGIONAL' }),
      this.list(WAF, 'ListLoggingConfigurations', 'LoggingConfigurations', { Scope: 'REGIONAL' }),
      this.list(ECS, 'ListClusters', 'clusterArns'),
      this.list(ECS, 'ListTaskDefinitions', 'taskDefinitionArns', { status: 'ACTIVE' }),
      this.list(SCALING, 'DescribeScalableTargets', 'ScalableTargets', { ServiceNamespace: 'ecs' }),
      this.list(SCALING, 'DescribeScalingPolicies', 'ScalingPolicies', { ServiceNamespace: 'ecs' }),
      this.list(CLOUDWATCH, 'DescribeAlarms', 'MetricAlarms'),
      this.list(CLOUDWATCH, 'DescribeAlarms', 'CompositeAlarms', { AlarmTypes: ['CompositeAlarm'] }),
      this.list('secretsmanager', 'ListSecrets', 'SecretList'),
      this.list('Logs_20140328', 'DescribeLogGroups', 'logGroups', { logGroupNamePrefix: 'aws-waf-logs-' }),
    ]);
    return [
      ...elements(vpcs!, 'cidrBlock').filter((range) => range === '10.1.0.0/16'),
      ...elements(addresses!, 'publicIp'),
      ...elements(gateways!, 'natGatewayId'),
      ...elements(flowLogs!, 'flowLogId'),
      ...elements(groups!, 'groupDescription').filter((text) => /^(Outer|Inner)$/.test(text)),
      ...elements(buckets, 'Name').filter((name) => name === 'all-types'),
      ...elements(providers, 'Arn').filter((arn) => arn.endsWith(ISSUER)),
      ...found.flat().map((item) => JSON.stringify(item)),
    ];
  }

  private async service(): Promise<Service> {
    const [service] = await this.list<Service>(ECS, 'DescribeServices', 'services', {
      cluster: 'all-types',
      services: ['api'],
    });
    return service!;
  }

  private async audience(): Promise<string> {
    const provider = await callQuery(this.url, 'iam', {
      Action: 'GetOpenIDConnectProvider',
      OpenIDConnectProviderArn: `arn:aws:iam::${LOCAL_ACCOUNT}:oidc-provider/${ISSUER}`,
    });
    return elements(provider, 'member').join();
  }

  private async blockedRanges(): Promise<string[]> {
    const [summary] = await this.list<{ Id: string; Name: string }>(WAF, 'ListIPSets', 'IPSets', { Scope: 'REGIONAL' });
    const { IPSet } = await callJson<{ IPSet: { Addresses: string[] } }>(this.url, `${WAF}.GetIPSet`, {
      ...summary,
      Scope: 'REGIONAL',
    });
    return IPSet.Addresses;
  }

  private ec2(action: string): Promise<string> {
    return callQuery(this.url, EC2, { Action: action, Version: '2016-11-15' });
  }

  private async list<T>(service: string, action: string, member: string, request: object = {}): Promise<T[]> {
    const answer = await callJson<Record<string, T[]>>(this.url, `${service}.${action}`, request);
    return answer[member] ?? [];
  }
}
