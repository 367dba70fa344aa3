import type { AssembledStack } from '../../assembly/assembly';
import { type Check, type Finding, notCheckable, ok, problem } from '../check';
import type { Countable, Quota } from '../facts';

/** Quotas that are low, by the resource type that counts against them. */
const QUOTAS: Readonly<Record<string, Quota & { readonly what: Countable }>> = {
  'AWS::EC2::EIP': { what: 'elastic IPs', service: 'ec2', code: 'L-0263D0A3' },
  'AWS::EC2::VPC': { what: 'VPCs', service: 'vpc', code: 'L-F678F1CE' },
  'AWS::EC2::InternetGateway': { what: 'internet gateways', service: 'vpc', code: 'L-A4707A72' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    what: 'load balancers',
    service: 'elasticloadbalancing',
    code: 'L-53DA6B97',
  },
  'AWS::RDS::DBInstance': { what: 'database instances', service: 'rds', code: 'L-7B6409FD' },
};

/** What the stacks that are not deployed yet would add fits in. */
export const quotas: Check = {
  name: 'quotas',
  notReal: 'the endpoint has no quotas',
  run: async ({ stacks, facts }) => {
    const deployed = await facts.deployed();
    const missing = stacks.filter(({ id }) => !deployed.has(id));
    const regions = [...new Set(missing.map(({ region }) => region))];
    const findings = await Promise.all(
      regions.flatMap((region) =>
        Object.entries(QUOTAS).map(async ([type, { what, ...quota }]) => {
          const needed = countOf(
            type,
            missing.filter((stack) => stack.region === region),
          );
          if (needed === 0) return [];
          const [used, limit] = await Promise.all([facts.count(region, what), facts.quota(region, quota)]);
          return [judgeQuota({ what, region, needed, used, limit, ...quota })];
        }),
      ),
    );
    return missing.length === 0 ? [ok('every stack is deployed')] : findings.flat();
  },
};

const countOf = (type: string, stacks: readonly AssembledStack[]): number =>
  stacks.flatMap(({ template }) => Object.values(template.Resources ?? {})).filter(({ Type }) => Type === type).length;

interface Use extends Quota {
  readonly what: Countable;
  readonly region: string;
  readonly needed: number;
  readonly used: number;
  readonly limit?: number;
}

export function judgeQuota({ what, region, needed, used, limit, service, code }: Use): Finding {
  const text = `${what} in ${region}: ${used} in use, ${needed} to come`;
  if (limit === undefined) return notCheckable(`${text}; AWS does not say how many there may be`);
  if (used + needed <= limit) return ok(`${text}, ${limit} allowed`);
  return problem(
    `${text}, but only ${limit} allowed`,
    `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} ` +
      `--quota-code ${code} --desired-value ${used + needed}`,
  );
}
