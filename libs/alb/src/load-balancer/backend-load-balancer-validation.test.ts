import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack, problemsOf, required, withSsl } from '../../test/fixture';
import { BackendLoadBalancer, type BackendLoadBalancerProps, JwtClaimFormat } from '../index';

function problems(props: (stack: Stack) => Partial<BackendLoadBalancerProps>): string[] {
  const stack = newStack();
  return problemsOf(() => new BackendLoadBalancer(stack, 'Backend', { ...required(stack), ...props(stack) }));
}

describe('invalid props', () => {
  test('of the backend and of its load balancer are reported all at once', () => {
    expect(
      problems(() => ({
        internalCidrs: ['0.0.0.0/0', 'office', '::/0'],
        domainName: 'Api',
        applicationPort: 0,
        healthCheckPath: 'health',
        deregistrationDelay: Duration.hours(2),
        idleTimeout: Duration.seconds(0),
      })),
    ).toEqual([
      expect.stringContaining('internalCidrs[0] is the whole internet ("0.0.0.0/0")'),
      expect.stringContaining('internalCidrs[1] must be an IPv4 or IPv6 CIDR block'),
      expect.stringContaining('internalCidrs[2] is the whole internet ("::/0")'),
      expect.stringContaining('applicationPort must be'),
      expect.stringContaining('healthCheckPath must be'),
      expect.stringContaining('deregistrationDelay in seconds must be'),
      expect.stringContaining('domainName must be a domain name'),
      expect.stringContaining('domainName and hostedZone go together'),
      expect.stringContaining('idleTimeout in seconds must be'),
    ]);
  });

  test.each([0, 5])('%p internal networks are refused: a rule has 5 condition values at most', (count) => {
    const internalCidrs = Array.from({ length: count }, (_, index) => `10.${index}.0.0/16`);
    expect(problems(() => ({ internalCidrs }))).toEqual([`internalCidrs must have 1 to 4 CIDR blocks, got ${count}`]);
  });

  test('a header takes the place of one network', () => {
    const internalCidrs = Array.from({ length: 4 }, (_, index) => `10.${index}.0.0/16`);
    expect(problems(() => ({ internalCidrs, internalHeader: { name: 'x-internal', value: 'yes' } }))).toEqual([
      'internalCidrs must have 1 to 3 CIDR blocks, got 4',
    ]);
  });

  test('somebody must be named who may reach worker and scheduler', () => {
    expect(problems(() => ({ internalCidrs: undefined }))).toEqual([
      expect.stringContaining('internalCidrs and internalHeader are both missing'),
    ]);
  });

  test('a header whose value would match anything, or which is no header, is refused', () => {
    expect(problems(() => ({ internalHeader: { name: 'x internal', value: '*' } }))).toEqual([
      expect.stringContaining('internalHeader.name must be a header name'),
      expect.stringContaining('internalHeader.value must be 1 to 128 characters without "*"'),
    ]);
  });

  test('what a service says for itself is reported under its own prop, what it inherits only once', () => {
    expect(problems(() => ({ applicationPort: -1, workerTargets: { port: 0 } }))).toEqual([
      expect.stringContaining('applicationPort must be'),
      expect.stringContaining('workerTargets.port must be'),
    ]);
  });

  test('a token of the API needs HTTPS and claims that are not verified anyway', () => {
    const apiJwt = {
      issuer: '',
      jwksEndpoint: 'http://issuer.example.com/keys',
      claims: [
        { name: 'exp', values: ['1'] },
        { name: 'aud', values: ['a', 'b'] },
        { name: 'scope', values: ['read write'], format: JwtClaimFormat.SPACE_SEPARATED_VALUES },
        { name: 'roles', values: [''], format: JwtClaimFormat.STRING_ARRAY },
      ],
    };
    expect(problems(() => ({ apiJwt }))).toEqual([
      expect.stringContaining('apiJwt.issuer must be 1 to 256 characters'),
      expect.stringContaining('apiJwt.jwksEndpoint must be an HTTPS address'),
      expect.stringContaining('apiJwt.claims[0].name must be a claim that is not verified anyway'),
      'apiJwt.claims[1].values must have exactly 1 value for the format single-string, got 2',
      expect.stringContaining('apiJwt.claims[2].values[0] must be 1 to 256 characters without blanks'),
      expect.stringContaining('apiJwt.claims[3].values[0] must be 1 to 256 characters'),
      expect.stringContaining('apiJwt needs a certificate'),
    ]);
  });

  test('a token has 10 claims at most, each with a value', () => {
    const claims = Array.from({ length: 11 }, (_, index) => ({ name: `c${index}`, values: ['v'] }));
    const apiJwt = { issuer: 'i', jwksEndpoint: 'https://issuer.example.com/keys' };
    expect(problems((stack) => ({ ...withSsl(stack), apiJwt: { ...apiJwt, claims } }))).toEqual([
      'apiJwt.claims has 11 claims, the most is 10',
    ]);
    const none = [{ name: 'roles', values: [], format: JwtClaimFormat.STRING_ARRAY }];
    expect(problems((stack) => ({ ...withSsl(stack), apiJwt: { ...apiJwt, claims: none } }))).toEqual([
      'apiJwt.claims[0].values must have 1 to 10 values for the format string-array, got 0',
    ]);
  });
});

describe('values that are known at deployment only', () => {
  test('are no problem', () => {
    const stack = new Stack(new App(), 'Alb');
    const text = (value: string) => Lazy.string({ produce: () => value });
    new BackendLoadBalancer(stack, 'Listed', {
      ...required(stack),
      internalCidrs: [text('10.0.0.0/8')],
      apiJwt: {
        issuer: text('i'),
        jwksEndpoint: text('https://issuer.example.com/keys'),
        claims: [{ name: 'aud', values: Lazy.list({ produce: () => ['me'] }) }],
      },
      ...withSsl(stack),
      domainName: text('api.example.com'),
    });
    const whole = new Stack(new App(), 'Alb');
    new BackendLoadBalancer(whole, 'Whole', {
      ...required(whole),
      internalCidrs: Lazy.list({ produce: () => ['10.0.0.0/8'] }),
    });
    expect(JSON.stringify(Template.fromStack(whole))).toContain('10.0.0.0/8');
    expect(JSON.stringify(Template.fromStack(stack))).toContain('10.0.0.0/8');
  });
});
