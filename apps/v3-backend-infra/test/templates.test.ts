import { environments } from '@v3-backend-infra/config';
import { type SynthesizedStack, SYNTHESIZED_VARIANTS, resourcesOf, synthesize } from './assembly';

/** The parameters with a literal name that the stacks create, by name. */
function published(stacks: SynthesizedStack[]): Map<string, string> {
  return new Map(
    stacks.flatMap(({ name, template }) =>
      Object.values(template.Resources)
        .filter(({ Type }) => Type === 'AWS::SSM::Parameter')
        .map(({ Properties }): [string, string] => [Properties.Name, name]),
    ),
  );
}

/** The parameters that a stack resolves when it is deployed. */
function needed({ template }: SynthesizedStack): string[] {
  return Object.values(template.Parameters ?? {})
    .filter(({ Type, Default }) => Type.startsWith('AWS::SSM::Parameter::') && !Default?.startsWith('/cdk-bootstrap/'))
    .map(({ Default }) => Default!);
}

describe.each(SYNTHESIZED_VARIANTS)(
  '$environment, ssl $ssl, $references references, feature flags $flags',
  (variant) => {
    let stacks: SynthesizedStack[];
    beforeAll(() => {
      stacks = synthesize(variant);
    });

    test('every stack of the plan exists, in the configured account and region', () => {
      const { account, region } = environments[variant.environment]!;
      expect(stacks).toHaveLength(variant.ssl ? 14 : 12);
      expect(new Set(stacks.map((stack) => `${stack.account}/${stack.region}`))).toEqual(
        new Set([`${account}/${region}`]),
      );
    });

    test('no value was lost on its way into a template', () => {
      for (const { name, template } of stacks) {
        expect([name, JSON.stringify(template).match(/undefined|\[object Object\]|NaN|dummy-value/)]).toEqual([
          name,
          null,
        ]);
      }
    });

    test('a stack publishes under its own path only, and every stack publishes', () => {
      const parameters = published(stacks);
      for (const [parameter, stack] of parameters) {
        expect(parameter).toMatch(new RegExp(`^/v3-backend/${variant.environment}/${stack}/[a-z][A-Za-z0-9]*$`));
      }
      expect(new Set(parameters.values())).toEqual(new Set(stacks.map(({ name }) => name)));
    });

    test('what a stack reads is published by a stack it is deployed after', () => {
      const publisher = published(stacks);
      for (const stack of stacks) {
        for (const parameter of needed(stack)) {
          expect([parameter, stack.dependsOn]).toEqual([parameter, expect.arrayContaining([publisher.get(parameter)])]);
        }
      }
    });

    test('stacks import each other’s exports only where references are direct', () => {
      const imports = JSON.stringify(stacks.map(({ template }) => template)).includes('Fn::ImportValue');
      expect(imports).toBe(variant.references === 'direct');
    });

    test('every target group is reached by a listener or a rule', () => {
      const alb = stacks.find(({ name }) => name === 'alb')!;
      const groups = Object.entries(alb.template.Resources).filter(([, { Type }]) => Type.endsWith('::TargetGroup'));
      const routes = JSON.stringify([
        ...resourcesOf([alb], 'AWS::ElasticLoadBalancingV2::Listener'),
        ...resourcesOf([alb], 'AWS::ElasticLoadBalancingV2::ListenerRule'),
      ]);
      expect(groups).toHaveLength(3);
      for (const [logicalId] of groups) expect(routes).toContain(`{"Ref":"${logicalId}"}`);
    });

    test('HTTPS, the certificate and the alias exist with SSL only', () => {
      const listeners = resourcesOf(stacks, 'AWS::ElasticLoadBalancingV2::Listener').map(
        ({ Properties }) => Properties.Port,
      );
      expect(listeners.sort()).toEqual(variant.ssl ? [443, 80] : [80]);
      expect(resourcesOf(stacks, 'AWS::CertificateManager::Certificate')).toHaveLength(variant.ssl ? 1 : 0);
      expect(resourcesOf(stacks, 'AWS::Route53::RecordSet').length > 0).toBe(variant.ssl);
    });

    test('no container receives a secret as a plain environment variable', () => {
      for (const { Properties } of resourcesOf(stacks, 'AWS::ECS::TaskDefinition')) {
        for (const container of Properties.ContainerDefinitions) {
          expect(JSON.stringify(container.Environment ?? [])).not.toContain('resolve:secretsmanager');
        }
      }
    });

    test('no service that is scaled has a fixed task count, and every service rolls back a failed deployment', () => {
      const services = stacks.flatMap(({ template }) =>
        Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::ECS::Service'),
      );
      const scaled = JSON.stringify(resourcesOf(stacks, 'AWS::ApplicationAutoScaling::ScalableTarget'));
      expect(services).toHaveLength(3);
      for (const [logicalId, { Properties }] of services) {
        expect(Properties.DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
        if (scaled.includes(`["${logicalId}","Name"]`)) expect(Properties.DesiredCount).toBeUndefined();
      }
    });

    test('no policy statement allows everything, and no action wildcard goes with a resource wildcard', () => {
      const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resourcesOf(stacks, type));
      const inline = resourcesOf(stacks, 'AWS::IAM::Role').flatMap(({ Properties }) => Properties.Policies ?? []);
      const documents = [
        ...policies.map(({ Properties }) => Properties.PolicyDocument),
        ...inline.map((p) => p.PolicyDocument),
      ];
      for (const statement of documents.flatMap(({ Statement }) => Statement)) {
        const wildcardAction = [statement.Action]
          .flat()
          .some((action: string) => action.endsWith('*') && !action.includes(':Get'));
        const wildcardResource = [statement.Resource].flat().includes('*');
        if (statement.Effect === 'Allow') expect(wildcardAction && wildcardResource).toBe(false);
      }
    });

    test('an encrypted log group’s key lets CloudWatch Logs use it, an encrypted topic’s key CloudWatch', () => {
      for (const { template } of stacks) {
        const keysOf = (type: string, property: string) =>
          Object.values(template.Resources)
            .filter(({ Type, Properties }) => Type === type && Properties?.[property] !== undefined)
            .map(
              ({ Properties }) => JSON.stringify(Properties[property]).match(/"(?:Fn::GetAtt":\["|Ref":")([^"]+)/)?.[1],
            );
        const policyOf = (key: string | undefined) =>
          JSON.stringify(template.Resources[key ?? '']?.Properties.KeyPolicy ?? {});
        for (const key of keysOf('AWS::Logs::LogGroup', 'KmsKeyId')) expect(policyOf(key)).toMatch(/logs\./);
        for (const key of keysOf('AWS::SNS::Topic', 'KmsMasterKeyId'))
          expect(policyOf(key)).toContain('cloudwatch.amazonaws.com');
      }
    });

    test('data outlives its stack exactly where the environment is protected', () => {
      const { protect } = environments[variant.environment]!;
      const database = resourcesOf(stacks, 'AWS::RDS::DBInstance')[0] as unknown as { DeletionPolicy: string };
      expect(database.DeletionPolicy).toBe(protect ? 'Snapshot' : 'Delete');
      for (const bucket of resourcesOf(stacks, 'AWS::S3::Bucket') as unknown as { DeletionPolicy: string }[]) {
        expect(bucket.DeletionPolicy).toBe(protect ? 'Retain' : 'Delete');
      }
    });
  },
);
