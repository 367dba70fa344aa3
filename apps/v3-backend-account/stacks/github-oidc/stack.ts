import { LayerTags } from '@v3-backend/core';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface GithubOidcStackProps extends StackProps {
  readonly config: EnvironmentConfig;
}

/** GitHub as an identity provider of the account, by which the jobs of workflows prove who they are. */
export class GithubOidcStack extends Stack {
  constructor(scope: Construct, id: string, props: GithubOidcStackProps) {
    super(scope, id, props);
    const { environment, ownership, protect } = props.config;
    LayerTags.apply(this, { environment, layer: 'account', ...ownership });
    // Without thumbprints: IAM checks GitHub's certificate against its own certificate authorities.
    new OidcProviderNative(this, 'GitHub', {
      url: 'https://token.actions.githubusercontent.com',
      clientIds: ['sts.amazonaws.com'],
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
