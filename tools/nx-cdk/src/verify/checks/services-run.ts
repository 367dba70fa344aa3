import { checkEach, Untrue } from '../check';
import { serviceOf } from '../services';

/** As many tasks run as a service wants, and its rollout is over. */
export const servicesRun = checkEach({
  name: 'services run as many tasks as they want, and their rollout is complete',
  topic: 'health',
  reliesOn: 'containers',
  type: 'AWS::ECS::Service',
  look: async (service, aws) => {
    const { desiredCount = 0, runningCount = 0, deployments = [], events = [] } = await serviceOf(service, aws);
    const rollouts = deployments.map(({ rolloutState }) => rolloutState);
    const complete = rollouts.length === 1 && (rollouts[0] === undefined || rollouts[0] === 'COMPLETED');
    const seen = `${runningCount} of ${desiredCount} tasks run, rollout ${rollouts.join(', ') || 'unknown'}`;
    if (runningCount === desiredCount && complete) return seen;
    throw new Untrue([seen, ...events.slice(0, 1).map(({ message }) => message)].join('; '));
  },
});
