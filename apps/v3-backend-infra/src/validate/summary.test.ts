import type { Variant } from '../variants';
import { summarize, type VariantOutcome } from './summary';
import type { Acknowledgement, Problem } from './validate-app';

function outcome(
  { environment = 'staging', ssl = true, references = 'ssm', layout = 'modular' }: Partial<Variant>,
  parts: { problems?: Problem[]; acknowledgements?: Acknowledgement[] },
): VariantOutcome {
  const variant = { environment, ssl, references, layout };
  return { variant, account: '123456789012', region: 'eu-west-1', problems: [], acknowledgements: [], ...parts };
}

const problem = (environment: string): Problem => ({
  rule: `AwsSolutions-IAM5[Resource::arn:aws:ecs:eu-west-1:123456789012:task/v3-backend-${environment}]`,
  description: 'too wide',
  construct: `v3-backend-${environment}-compute/Role`,
});
const reason = (findings: number, rule = 'AwsSolutions-EC23'): Acknowledgement => ({
  rule,
  reason: 'public',
  construct: 'v3-backend-staging-security/Group',
  findings,
});

describe('the summary', () => {
  test('is good without problems, and has every reason with what it explains', () => {
    const { ok, text } = summarize([
      outcome({}, { acknowledgements: [reason(1)] }),
      outcome({ ssl: false }, { acknowledgements: [reason(2)] }),
    ]);
    expect(ok).toBe(true);
    expect(text).toBe(
      'acknowledged  security/Group  AwsSolutions-EC23\n    public\n' +
        '0 problems in 2 variants. 3 findings acknowledged, for 1 reasons.',
    );
  });

  test('has a problem once, whatever differs from environment to environment, and says where it is', () => {
    const everywhere = summarize([
      outcome({}, { problems: [problem('staging')] }),
      outcome({ environment: 'production' }, { problems: [problem('production')] }),
    ]);
    expect(everywhere.ok).toBe(false);
    expect(everywhere.text).toBe(
      'PROBLEM  compute/Role  AwsSolutions-IAM5[Resource::arn:aws:ecs:{region}:{account}:task/v3-backend-{environment}]\n' +
        '    too wide\n    in every variant\n1 problem in 2 variants. 0 findings acknowledged, for 0 reasons.',
    );
    const once = summarize([outcome({ ssl: false }, { problems: [problem('staging')] }), outcome({}, {})]);
    expect(once.text).toContain('    in: staging, SSL off, ssm, modular\n');
  });

  test('has an acknowledgement that no variant needs as a problem', () => {
    const unused = summarize([outcome({}, { acknowledgements: [reason(0)] })]);
    expect(unused.ok).toBe(false);
    expect(unused.text).toContain('This acknowledgement explains nothing in any variant');
  });

  test('lets one stay that some variant needs, or that a library has for other apps', () => {
    const needed = { acknowledgements: [reason(1)] };
    expect(summarize([outcome({}, needed), outcome({ ssl: false }, { acknowledgements: [reason(0)] })]).ok).toBe(true);
    const library = reason(0, 'CloudFormation-Validate::W3010');
    expect(summarize([outcome({}, { acknowledgements: [library] })]).ok).toBe(true);
  });
});
