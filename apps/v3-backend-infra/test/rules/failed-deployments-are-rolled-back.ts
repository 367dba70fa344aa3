import { resources, type Rule } from './rule';

/** Without the circuit breaker a failed deployment hangs for hours. */
export const failedDeploymentsAreRolledBack: Rule = (stacks) =>
  resources(stacks, 'AWS::ECS::Service')
    .filter(({ Properties }) => {
      const breaker = Properties.DeploymentConfiguration.DeploymentCircuitBreaker;
      return !breaker?.Enable || !breaker.Rollback;
    })
    .map(({ at }) => at);
