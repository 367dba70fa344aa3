import {
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  type Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { checkEach, unlessMissing, Untrue } from '../check';
import type { DeployedResource } from '../deployed-app';

/** Listener rules exist with the priority and the actions that the template says. */
export const listenerRulesExist = checkEach({
  name: 'listener rules exist as in the template',
  topic: 'health',
  type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  look: async (resource, aws) => {
    const client = await aws.reader(ElasticLoadBalancingV2Client, resource.stack.place);
    const answer = await unlessMissing(
      client.send(new DescribeRulesCommand({ RuleArns: [resource.physicalId] })),
      'RuleNotFoundException',
    );
    const found = answer?.Rules?.[0];
    if (!found) throw new Untrue('it does not exist');
    const [wanted, actual] = [ofTemplate(resource), ofRule(found)];
    const wrong = Object.keys(wanted).filter((key) => wanted[key] !== actual[key]);
    if (wrong.length > 0) {
      throw new Untrue(wrong.map((key) => `its ${key} is ${actual[key]} instead of ${wanted[key]}`).join('; '));
    }
    return `priority ${actual['priority']}, ${actual['actions']}`;
  },
});

type Facts = Readonly<Record<string, string>>;

function ofTemplate({ properties, value }: DeployedResource): Facts {
  const conditions = (properties['Conditions'] ?? []) as { Field?: unknown }[];
  const actions = (properties['Actions'] ?? []) as { Type?: unknown; TargetGroupArn?: unknown }[];
  return {
    priority: String(value(properties['Priority'])),
    conditions: list(conditions.map(({ Field }) => value(Field))),
    actions: list(actions.map(({ Type, TargetGroupArn }) => action(value(Type), value(TargetGroupArn)))),
  };
}

function ofRule({ Priority, Conditions = [], Actions = [] }: Rule): Facts {
  return {
    priority: String(Priority),
    conditions: list(Conditions.map(({ Field }) => Field)),
    actions: list(Actions.map(({ Type, TargetGroupArn }) => action(Type, TargetGroupArn))),
  };
}

const action = (type: string | undefined, targetGroup: string | undefined) =>
  targetGroup === undefined ? type : `${type} to ${targetGroup.split('/')[1]}`;

const list = (items: readonly (string | undefined)[]) => items.map(String).sort().join(', ');
