import { WebAcl } from '@v3-backend/alb';
import { LayerTags, SsmContract } from '@v3-backend/core';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface WafStackProps extends StackProps {
  readonly config: EnvironmentConfig;
}

/** The web ACL, its IP sets and its log. */
export class WafStack extends Stack {
  public readonly webAcl: WebAcl;

  constructor(scope: Construct, id: string, props: WafStackProps) {
    super(scope, id, props);
    const { environment, protect, waf } = props.config;
    LayerTags.apply(this, { environment, layer: 'alb', ...props.config.ownership });
    this.webAcl = new WebAcl(this, 'WebAcl', {
      ...waf,
      rateLimitResponse: { statusCode: 429, headers: { 'retry-after': '300' } },
      protect,
    });
    this.webAcl.publish(new SsmContract({ environment, stack: 'waf' }));
  }
}
