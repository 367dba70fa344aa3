import type { CfnResource } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type IApplyRule, NagRuleCompliance, type NagRuleResult } from 'cdk-nag';

/** What a rule has against a resource, whether or not that is acknowledged. */
export interface Finding {
  /** E.g. `AwsSolutions-EC23` or `AwsSolutions-IAM5[Resource::*]`. */
  readonly id: string;
  /** Path of the resource in the construct tree. */
  readonly construct: string;
}

/** A reference within a stack, `<LogicalId.Arn>`, or to another stack's export, `stack:ExportsOutputRef…`. */
const REFERENCE = /<[^<>]*>|[\w-]+:ExportsOutput\w+/g;

/**
 * The rules of cdk-nag's AwsSolutions pack.
 *
 * Beside the violations, which it reports as the pack does, it knows what was found and is acknowledged. In the id of a
 * finding, a reference to another resource is `<reference>` instead of a logical id, so that an acknowledgement of
 * `AwsSolutions-IAM5[Resource::<reference>/*]` outlives a change of names.
 */
export class AwsSolutions extends AwsSolutionsChecks {
  public readonly findings: Finding[] = [];

  protected override applyRule(params: IApplyRule): void {
    const suffix = params.ruleSuffixOverride || params.rule.name;
    super.applyRule({
      ...params,
      ruleSuffixOverride: suffix,
      rule: (node) => {
        const result = withoutLogicalIds(params.rule(node));
        this.remember(node, `${this.packName}-${suffix}`, result);
        return result;
      },
    });
  }

  private remember({ node }: CfnResource, id: string, result: NagRuleResult): void {
    const ids = Array.isArray(result) ? result.map((finding) => `${id}[${finding}]`) : [id];
    if (Array.isArray(result) || result === NagRuleCompliance.NON_COMPLIANT) {
      this.findings.push(...ids.map((found) => ({ id: found, construct: node.path })));
    }
  }
}

function withoutLogicalIds(result: NagRuleResult): NagRuleResult {
  if (!Array.isArray(result)) return result;
  return [...new Set(result.map((finding) => finding.replace(REFERENCE, '<reference>')))];
}
