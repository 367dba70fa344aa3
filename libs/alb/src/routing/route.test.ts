import { Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RULE, importedVpc, newStack, problemsOf, propertiesOf, withSsl } from '../../test/fixture';
import { JwtClaimFormat, PublicLoadBalancer, type RouteOptions } from '../index';

const action = elbv2.ListenerAction.fixedResponse(204);

function create(stack = newStack()): { stack: Stack; loadBalancer: PublicLoadBalancer } {
  return { stack, loadBalancer: new PublicLoadBalancer(stack, 'Web', { vpc: importedVpc(stack), ...withSsl(stack) }) };
}

function prioritiesOf(routes: [string, RouteOptions][]): Record<string, number> {
  const { loadBalancer } = create();
  return Object.fromEntries(routes.map(([id, options]) => [id, loadBalancer.addRoute(id, options).priority]));
}

const problems = (options: RouteOptions) => problemsOf(() => create().loadBalancer.addRoute('Route', options));

describe('priorities', () => {
  const routes: [string, RouteOptions][] = [
    ['Orders', { paths: ['/v1/orders/*'], action }],
    ['Users', { paths: ['/v1/users/*'], action }],
    ['Partners', { hosts: ['partners.example.com'], action }],
    ['Rest', { paths: ['/v1/*'], action }],
  ];

  test('stay when routes are reordered, added or removed', () => {
    const before = prioritiesOf(routes);
    expect(prioritiesOf([...routes].reverse())).toEqual(before);
    const more: [string, RouteOptions][] = [['Admin', { paths: ['/v1/admin/*'], action }], ...routes];
    expect(prioritiesOf(more)).toMatchObject(before);
    const { Users: _removed, ...others } = before;
    expect(prioritiesOf(routes.filter(([id]) => id !== 'Users'))).toEqual(others);
  });

  test('can be given, and are then exactly that', () => {
    expect(prioritiesOf([['Own', { paths: ['/x'], action, priority: 9999 }]])).toEqual({ Own: 9999 });
    expect(problems({ paths: ['/x'], action, priority: 10_000 })).toEqual([
      'priority must be a whole number from 1 to 9999, got 10000',
    ]);
  });

  test('that two routes would share fail at synthesis, not in the middle of a deployment', () => {
    const { loadBalancer } = create();
    const addMany = () => {
      // 700 places for routes of equal specificity: with 701 routes, two share one.
      for (let index = 0; index <= 700; index++) loadBalancer.addRoute(`Route${index}`, { paths: ['/x/*'], action });
    };
    expect(addMany).toThrow(
      /^Alb\/Web\/Routes\/Route\d+ and Alb\/Web\/Routes\/Route\d+ would both have the priority \d+ on their listener: /,
    );
  });

  test('of different listeners do not meet', () => {
    const own = { paths: ['/x'], action, priority: 7 };
    expect(create().loadBalancer.addRoute('A', own).priority).toBe(create().loadBalancer.addRoute('A', own).priority);
  });

  test('known at deployment only never count as the same', () => {
    const { loadBalancer } = create();
    const later = () => Lazy.number({ produce: () => 5 });
    const add = () => ['A', 'B'].map((id) => loadBalancer.addRoute(id, { paths: ['/x'], action, priority: later() }));
    expect(add).not.toThrow();
  });
});

describe('a route', () => {
  test('has a condition for everything that is asked for', () => {
    const { stack, loadBalancer } = create();
    loadBalancer.addRoute('Narrow', {
      hosts: ['*.example.com'],
      methods: ['POST'],
      headers: { 'x-beta': ['yes'] },
      queryParameters: { version: '2' },
      sourceCidrs: ['10.0.0.0/8'],
      action,
    });
    const [{ Conditions }] = propertiesOf(Template.fromStack(stack), RULE);
    expect(Conditions).toEqual([
      { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } },
      { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } },
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-beta', Values: ['yes'] } },
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'version', Value: '2' }] } },
      { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } },
    ]);
  });

  test('is the same in whichever order its headers and parameters are given', () => {
    const ruleWith = (options: Pick<RouteOptions, 'headers' | 'queryParameters'>) => {
      const { stack, loadBalancer } = create();
      loadBalancer.addRoute('Narrow', { ...options, action });
      return propertiesOf(Template.fromStack(stack), RULE);
    };
    const one = { headers: { 'x-beta': ['yes'], 'x-alpha': ['no'] }, queryParameters: { version: '2', lang: 'de' } };
    const other = { headers: { 'x-alpha': ['no'], 'x-beta': ['yes'] }, queryParameters: { lang: 'de', version: '2' } };
    expect(ruleWith(one)).toEqual(ruleWith(other));
  });

  test('rewrites host and URL before the target sees them', () => {
    const { stack, loadBalancer } = create();
    const targetGroup = loadBalancer.addTargetGroup('Site');
    loadBalancer.addRoute('Old', {
      paths: ['/v1/*'],
      targetGroup,
      rewrite: { url: { regex: '^/v1/(.*)$', replace: '/$1' }, host: { regex: '.*', replace: 'inside.example.com' } },
    });
    Template.fromStack(stack).hasResourceProperties(RULE, {
      Transforms: [
        {
          Type: 'host-header-rewrite',
          HostHeaderRewriteConfig: { Rewrites: [{ Regex: '.*', Replace: 'inside.example.com' }] },
        },
        { Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: '^/v1/(.*)$', Replace: '/$1' }] } },
      ],
    });
  });

  test('verifies tokens before anything else', () => {
    const { stack, loadBalancer } = create();
    loadBalancer.addRoute('Machines', {
      paths: ['/machines/*'],
      action,
      jwt: {
        issuer: 'https://issuer.example.com',
        jwksEndpoint: 'https://issuer.example.com/keys',
        claims: [{ name: 'roles', values: ['machine'], format: JwtClaimFormat.STRING_ARRAY }],
      },
    });
    Template.fromStack(stack).hasResourceProperties(RULE, {
      Actions: [
        {
          Type: 'jwt-validation',
          JwtValidationConfig: { AdditionalClaims: [{ Name: 'roles', Values: ['machine'], Format: 'string-array' }] },
        },
        { Type: 'fixed-response', Order: 2 },
      ],
      Transforms: Match.absent(),
    });
  });
});

describe('invalid routes', () => {
  test('need something to match, and something to do', () => {
    expect(problems({})).toEqual([
      'a route must have 1 to 5 values over all its conditions, got 0',
      'targetGroup and action are both missing: say what happens to the requests',
    ]);
    const { loadBalancer } = create();
    const targetGroup = loadBalancer.addTargetGroup('Site');
    expect(problemsOf(() => loadBalancer.addRoute('Both', { paths: ['/x'], action, targetGroup }))).toEqual([
      'targetGroup and action exclude each other: give one of them',
    ]);
  });

  test('have no more than five values', () => {
    const paths = ['/1', '/2', '/3', '/4', '/5'];
    expect(problems({ paths, action })).toEqual([]);
    expect(problems({ paths, hosts: ['a.example.com'], action })).toEqual([
      'a route must have 1 to 5 values over all its conditions, got 6: make a second route for the others',
    ]);
  });

  test('are reported value by value', () => {
    expect(
      problems({
        hosts: ['localhost'],
        paths: ['v1', ''],
        methods: ['post'],
        headers: { Host: ['a.example.com'], 'x beta': [''] },
        queryParameters: { '': '' },
        sourceCidrs: ['office'],
        action,
      }),
    ).toEqual([
      expect.stringContaining('hosts[0] must be a host name'),
      expect.stringContaining('paths[0] must be a path'),
      expect.stringContaining('paths[1] must be a path'),
      expect.stringContaining('methods[0] must be a method in upper case'),
      'headers must not name the host header: give hosts instead',
      expect.stringContaining('headers["x beta"] must be a header name'),
      expect.stringContaining('headers["x beta"] must be values of 1 to 128 characters'),
      expect.stringContaining('queryParameters must be keys of 1 to 128 characters'),
      expect.stringContaining('queryParameters[""] must be 1 to 128 characters'),
      expect.stringContaining('sourceCidrs[0] must be an IPv4 or IPv6 CIDR block'),
      expect.stringContaining('got 8'),
    ]);
  });

  test('name a condition that nothing meets', () => {
    expect(problems({ paths: ['/x'], hosts: [], headers: { 'x-beta': [] }, action })).toEqual([
      'hosts is empty, so no request would match: leave it out',
      'headers["x-beta"] is empty, so no request would match: leave it out',
    ]);
  });

  test.each(['(?=x)', '(?<!x)y', 'a++', '(a)\\1', '\\p{L}', '(', '', 'x'.repeat(1025)])(
    'rewrite by a pattern that Elastic Load Balancing does not know: %.20s',
    (regex) => {
      expect(problems({ paths: ['/x'], action, rewrite: { url: { regex, replace: '' } } })).toEqual([
        expect.stringContaining('rewrite.url.regex must be a regular expression of 1 to 1024 characters without'),
      ]);
    },
  );

  test('do not include those that rewrite an escaped star or by a pattern known at deployment only', () => {
    for (const regex of ['^/(\\*+)$', Lazy.string({ produce: () => '.*' })]) {
      expect(problems({ paths: ['/x'], action, rewrite: { host: { regex, replace: '$1' } } })).toEqual([]);
    }
  });

  test('rewrite nothing, or to something too long', () => {
    expect(problems({ paths: ['/x'], action, rewrite: {} })).toEqual([
      'rewrite is empty: give rewrite.url, rewrite.host or both',
    ]);
    expect(problems({ paths: ['/x'], action, rewrite: { host: { regex: 'x', replace: 'y'.repeat(1025) } } })).toEqual([
      expect.stringContaining('rewrite.host.replace must be at most 1024 characters'),
    ]);
  });

  test('verify tokens of nobody', () => {
    expect(problems({ paths: ['/x'], action, jwt: { issuer: '', jwksEndpoint: 'https://x' } })).toEqual([
      expect.stringContaining('jwt.issuer must be'),
    ]);
  });

  test('verify tokens over HTTP', () => {
    const stack = newStack();
    const loadBalancer = new PublicLoadBalancer(stack, 'Web', { vpc: importedVpc(stack) });
    const jwt = { issuer: 'https://issuer.example.com', jwksEndpoint: 'https://issuer.example.com/keys' };
    expect(() => loadBalancer.addRoute('Route', { paths: ['/x'], action, jwt })).toThrow('requires an HTTPS listener');
  });

  test('of unknown specificity need a priority', () => {
    const paths = [Lazy.string({ produce: () => '/x' })];
    expect(problems({ paths, action })).toEqual([expect.stringContaining('priority is needed where hosts or paths')]);
    expect(problems({ paths, action, priority: 5 })).toEqual([]);
    const list = Lazy.list({ produce: () => ['/x'] });
    expect(problems({ paths: list, action })).toEqual([expect.stringContaining('priority is needed')]);
  });
});
