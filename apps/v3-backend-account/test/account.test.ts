import { environments, loadEnvironmentConfig } from '@v3-backend-infra/config';
import { CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { accountApp, BACKEND_CDK_JSON, CDK_JSON } from './templates';

const ENVIRONMENTS = Object.keys(environments);
const rules = new CloudFormationValidatePlugin();

/** Synthesizes an app; throws if CloudFormation's or cdk-nag's rules have something against it. */
function validate(app = accountApp('development')) {
  Validations.of(app).addPlugins(rules, new AwsSolutionsChecks(app));
  return app.synth();
}

describe('the app of an account', () => {
  test.each(ENVIRONMENTS)(
    'of %s has a role after the provider that it trusts, by rules of CloudFormation and cdk-nag',
    (environment) => {
      const { stacks } = validate(accountApp(environment));
      expect(stacks.map(({ stackName }) => stackName)).toEqual([
        `v3-backend-account-${environment}-github-oidc`,
        `v3-backend-account-${environment}-deploy-role`,
      ]);
      const [provider, role] = stacks;
      expect(role!.dependencies).toContain(stacks.find(({ id }) => id === provider!.id));
    },
  );

  test('breaks a rule when a policy allows everything', () => {
    const app = accountApp('development');
    const stack = app.node.children.find((child): child is Stack => Stack.isStack(child))!;
    const statement = new PolicyStatement({ actions: ['s3:*'], resources: ['*'] });
    new ManagedPolicy(stack, 'Everything', { statements: [statement] });
    expect(() => validate(app)).toThrow('AwsSolutions-IAM5[Resource::*]');
  });

  test('makes no provider where the account has one', () => {
    const github = { ...loadEnvironmentConfig('staging').github!, oidcProvider: 'existing' as const };
    expect(
      accountApp('staging', { github })
        .synth()
        .stacks.map(({ stackName }) => stackName),
    ).toEqual(['v3-backend-account-staging-deploy-role']);
  });

  test('says what to do when nobody may deploy from GitHub', () => {
    expect(() => accountApp('staging', { github: undefined })).toThrow(/set "github" in .*staging\.ts/);
  });
});

describe('the app and the backend', () => {
  test('have the same environments by the same names', () => {
    const own = Object.entries(CDK_JSON.nxCdk.environments).map(([name, entry]) => [
      name,
      { ...entry, environment: entry.environment.replace(/^account-/, '') },
    ]);
    expect(Object.fromEntries(own)).toEqual(BACKEND_CDK_JSON.nxCdk.environments);
  });

  test('have the same context, the qualifier of the bootstrap included', () => {
    expect(CDK_JSON.context).toEqual(BACKEND_CDK_JSON.context);
  });

  test('are not shipped together: no target of this app is called like one of the backend', () => {
    expect(CDK_JSON.nxCdk.targetPrefix).toBe('admin-');
  });
});
