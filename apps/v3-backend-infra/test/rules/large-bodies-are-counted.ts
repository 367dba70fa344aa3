import { resources, type Rule } from './rule';

/** The common rule set would block every body of more than 8 KB. */
export const largeBodiesAreCounted: Rule = (stacks) =>
  resources(stacks, 'AWS::WAFv2::WebACL')
    .flatMap(({ at, Properties }) => Properties.Rules.map((one: object) => ({ at, text: JSON.stringify(one) })))
    .filter(({ text }) => text.includes('"AWSManagedRulesCommonRuleSet"'))
    .filter(({ text }) => !/"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"/.test(text))
    .map(({ at }) => at);
