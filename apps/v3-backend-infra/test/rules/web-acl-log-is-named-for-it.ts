import { referenced, resources, type Rule } from './rule';

/** WAF refuses a destination of another name, with a misleading message (aws-cdk issue 18253). */
export const webAclLogIsNamedForIt: Rule = (stacks) =>
  resources(stacks, 'AWS::WAFv2::LoggingConfiguration')
    .filter((logging) => {
      const destination = referenced(logging, logging.Properties.LogDestinationConfigs);
      return destination && !JSON.stringify(destination.Properties.LogGroupName ?? '').includes('aws-waf-logs-');
    })
    .map(({ at }) => at);
