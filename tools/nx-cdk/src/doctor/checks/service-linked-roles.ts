import type { AssembledStack } from '../../assembly/assembly';
import type { TemplateResource } from '../../assembly/template';
import { type Check, ok, problem } from '../check';

interface Needed {
  readonly role: string;
  readonly service: string;
  readonly by: (resource: TemplateResource) => boolean;
}

const byType = (type: string) => (resource: TemplateResource) => resource.Type === type;

/** Roles that a service makes for itself at its first use in an account, by what needs them. */
const ROLES: readonly Needed[] = [
  { role: 'AWSServiceRoleForECS', service: 'ecs.amazonaws.com', by: byType('AWS::ECS::Service') },
  {
    role: 'AWSServiceRoleForElasticLoadBalancing',
    service: 'elasticloadbalancing.amazonaws.com',
    by: byType('AWS::ElasticLoadBalancingV2::LoadBalancer'),
  },
  {
    role: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
    service: 'ecs.application-autoscaling.amazonaws.com',
    by: ({ Type, Properties }) =>
      Type === 'AWS::ApplicationAutoScaling::ScalableTarget' && Properties?.['ServiceNamespace'] === 'ecs',
  },
  { role: 'AWSServiceRoleForRDS', service: 'rds.amazonaws.com', by: byType('AWS::RDS::DBInstance') },
];

/**
 * The roles that services need for themselves are there. A service makes its role when it is used first, and the deployment
 * that does so may fail because the role is not known everywhere yet (https://repost.aws/knowledge-center/ecs-unable-to-assume-role).
 */
export const serviceLinkedRoles: Check = {
  name: 'service-linked roles',
  notReal: 'the endpoint’s services need no roles',
  run: async ({ stacks, facts }) => {
    const region = stacks[0]?.region ?? '';
    return Promise.all(
      needed(stacks).map(async ({ role, service }) =>
        (await facts.trustOf(region, role)) === undefined
          ? problem(`${role} does not exist yet`, `aws iam create-service-linked-role --aws-service-name ${service}`)
          : ok(role),
      ),
    );
  },
};

function needed(stacks: readonly AssembledStack[]): Needed[] {
  const resources = stacks.flatMap(({ template }) => Object.values(template.Resources ?? {}));
  return ROLES.filter(({ by }) => resources.some(by));
}
