import { environments } from '@v3-backend-infra/config';
import { type SynthesizedStack, SYNTHESIZED_VARIANTS, synthesize } from './assembly';
import { configOf } from '../src/variants';
import { RULES } from './rules';
import { type Rule, resources } from './rules/rule';

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

/** `queuesAreEncrypted` -> `queues are encrypted`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The parameters that a stack resolves when it is deployed. */
function needed({ template }: SynthesizedStack): string[] {
  return Object.values(template.Parameters ?? {})
    .filter(({ Type, Default }) => Type.startsWith('AWS::SSM::Parameter::') && !Default?.startsWith('/cdk-bootstrap/'))
    .map(({ Default }) => Default!);
}

describe.each(SYNTHESIZED_VARIANTS)(
  '$environment, ssl $ssl, $references references, $layout, feature flags $flags',
  (variant) => {
    let stacks: SynthesizedStack[];
    beforeAll(() => {
      stacks = synthesize(variant);
    });

    test('every stack of the plan exists, in the configured account and region', () => {
      const { account, region } = environments[variant.environment]!;
      expect(stacks).toHaveLength((variant.ssl ? 14 : 12) - (variant.layout === 'monolithic' ? 2 : 0));
      expect(new Set(stacks.map((stack) => `${stack.account}/${stack.region}`))).toEqual(
        new Set([`${account}/${region}`]),
      );
    });

    test.each(RULES.map((rule): [string, Rule] => [inWords(rule.name), rule]))('%s', (_title, rule) => {
      expect(rule(stacks, configOf(variant))).toEqual([]);
    });

    test('a stack publishes under its own path only, and every stack publishes', () => {
      const parameters = published(stacks);
      for (const [parameter, stack] of parameters) {
        const paths = stack === 'compute-monolith' ? '(alb|app-shared|compute)' : stack;
        expect(parameter).toMatch(new RegExp(`^/v3-backend/${variant.environment}/${paths}/[a-z][A-Za-z0-9]*$`));
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

    test('HTTPS, the certificate and the alias exist with SSL only', () => {
      const listeners = resources(stacks, 'AWS::ElasticLoadBalancingV2::Listener').map(
        ({ Properties }) => Properties.Port,
      );
      expect(listeners.sort()).toEqual(variant.ssl ? [443, 80] : [80]);
      expect(resources(stacks, 'AWS::CertificateManager::Certificate')).toHaveLength(variant.ssl ? 1 : 0);
      expect(resources(stacks, 'AWS::Route53::RecordSet').length > 0).toBe(variant.ssl);
    });
  },
);
