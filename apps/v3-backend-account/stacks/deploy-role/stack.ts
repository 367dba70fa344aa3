import { LayerTags, Naming } from '@v3-backend/core';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { CfnOutput, DefaultStackSynthesizer, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { type IManagedPolicy, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';
import { deployStatements, readStatements } from './permissions';
import { type Github, trustOf } from './trust';

export interface DeployRoleStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly github: Github;
}

/**
 * The role by which GitHub Actions deploys an environment, what the plan calls `GitHubActions-Deploy-Role`, and the one by which
 * it looks at it.
 */
export class DeployRoleStack extends Stack {
  constructor(scope: Construct, id: string, { config, github, ...props }: DeployRoleStackProps) {
    super(scope, id, props);
    const { environment, account, region, ownership } = config;
    LayerTags.apply(this, { environment, layer: 'account', ...ownership });
    const naming = new Naming({ environment });
    const qualifier = this.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
    const place = { environment, account, region, qualifier };
    const boundary = this.boundary(github);

    const permissions = new ManagedPolicy(this, 'Permissions', {
      managedPolicyName: naming.resourceName('github-deploy'),
      description: `What a deploy of ${environment} from GitHub may do itself, beside the roles of the CDK bootstrap`,
      statements: deployStatements(place),
    });
    const role = new Role(this, 'Role', {
      roleName: naming.resourceName('github-deploy-role'),
      description: `Deploys ${environment} from GitHub Actions`,
      assumedBy: trustOf(github, environment, account),
      // The first deploy of an environment waits for a database and a load balancer. AWS ends the sessions of the bootstrap's
      // roles after an hour, and the CDK renews them.
      maxSessionDuration: Duration.hours(2),
      managedPolicies: [permissions],
      permissionsBoundary: boundary ?? permissions,
    });
    acknowledgeFindings(permissions, place);
    new CfnOutput(this, 'RoleArn', { value: role.roleArn, description: 'For the GitHub environment of the same name' });

    const readPermissions = new ManagedPolicy(this, 'ReadPermissions', {
      managedPolicyName: naming.resourceName('github-read'),
      description: `What a look at ${environment} from GitHub may do itself, beside the lookup role of the CDK bootstrap`,
      statements: readStatements(place),
    });
    const readRole = new Role(this, 'ReadRole', {
      roleName: naming.resourceName('github-read-role'),
      description: `Compares ${environment} with the code, from GitHub Actions, and changes nothing`,
      assumedBy: trustOf(github, `${environment}-read`, account),
      managedPolicies: [readPermissions],
      permissionsBoundary: boundary ?? readPermissions,
    });
    new CfnOutput(this, 'ReadRoleArn', {
      value: readRole.roleArn,
      description: 'For the GitHub environment of the same name with -read behind it',
    });
  }

  /** The boundary that the configuration names. Without one, a role's own permissions: whatever else is attached has no effect. */
  private boundary({ permissionsBoundary }: Github): IManagedPolicy | undefined {
    if (permissionsBoundary === undefined) return undefined;
    return ManagedPolicy.fromManagedPolicyName(this, 'Boundary', permissionsBoundary);
  }
}
