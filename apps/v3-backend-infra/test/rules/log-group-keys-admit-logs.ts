import { referenced, resources, type Rule } from './rule';

/** CloudWatch Logs must be let use the key of a log group; the L2 does not see to it (aws-cdk issue 28304). */
export const logGroupKeysAdmitLogs: Rule = (stacks) =>
  resources(stacks, 'AWS::Logs::LogGroup')
    .filter(({ Properties }) => Properties?.KmsKeyId)
    .filter((group) => !/"Service":"logs\./.test(JSON.stringify(referenced(group, group.Properties.KmsKeyId))))
    .map(({ at }) => at);
