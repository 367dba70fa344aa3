import { DescribeListenersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { checkEach, unlessMissing, Untrue } from '../check';

/** Listeners exist, and listen where the template says. */
export const listenersExist = checkEach({
  name: 'listeners exist as in the template',
  topic: 'health',
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  look: async ({ physicalId, stack, properties, value }, aws) => {
    const client = await aws.reader(ElasticLoadBalancingV2Client, stack.place);
    const answer = await unlessMissing(
      client.send(new DescribeListenersCommand({ ListenerArns: [physicalId] })),
      'ListenerNotFoundException',
    );
    const found = answer?.Listeners?.[0];
    if (!found) throw new Untrue('it does not exist');
    const wanted = `${value(properties['Protocol'])} ${value(properties['Port'])}`;
    const actual = `${found.Protocol} ${found.Port}`;
    if (actual !== wanted) throw new Untrue(`it is ${actual} instead of ${wanted}`);
    return actual;
  },
});
