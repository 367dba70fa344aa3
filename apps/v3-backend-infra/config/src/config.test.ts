import { environments, loadEnvironmentConfig, parseEnvironmentConfig } from './index';

/** The local environment as written, with some values replaced. */
function localWith(changes: Record<string, unknown>): unknown {
  return { ...environments['local'], ...changes };
}

function problemsOf(input: unknown): string {
  try {
    parseEnvironmentConfig('local', input);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the configuration is valid');
}

describe('environments', () => {
  test.each(['local', 'development', 'staging', 'production'])('%s is valid and explicit about where it is', (name) => {
    const config = loadEnvironmentConfig(name);
    expect(config).toMatchObject({ environment: name, crossStackReferences: 'ssm' });
    expect(config.availabilityZones.every((zone) => zone.startsWith(config.region))).toBe(true);
  });

  test('no two environments share an account', () => {
    const accounts = Object.keys(environments).map((name) => loadEnvironmentConfig(name).account);
    expect(new Set(accounts).size).toBe(accounts.length);
  });

  test('an alias loads the environment it stands for', () => {
    expect(loadEnvironmentConfig('prod').environment).toBe('production');
  });

  test('an unknown environment is refused with the known names', () => {
    expect(() => loadEnvironmentConfig('qa')).toThrow(/Unknown environment "qa"\. Known environments: local;/);
  });

  test('data is protected in staging and production, and not in local and development', () => {
    const protection = Object.keys(environments).map((name) => [name, loadEnvironmentConfig(name).protect]);
    expect(Object.fromEntries(protection)).toEqual({
      local: false,
      development: false,
      staging: true,
      production: true,
    });
  });
});

describe('who may deploy from GitHub', () => {
  const github = (value: unknown) => () => parseEnvironmentConfig('local', localWith({ github: value }));

  test('is a repository, with or without the ids that GitHub never gives to another', () => {
    expect(github({ repository: 'acme/shop' })().github).toEqual({ repository: 'acme/shop', oidcProvider: 'create' });
    expect(github({ repository: 'acme/shop', ids: { owner: 123456, repository: 456789 } })).not.toThrow();
    expect(github(undefined)().github).toBeUndefined();
  });

  test('is refused with a wildcard, with one id of two, and with a boundary that is no name, all at once', () => {
    const input = { repository: 'acme/*', ids: { owner: 1 }, permissionsBoundary: 'arn:aws:iam::aws:policy/*' };
    for (const problem of [
      'github.repository: must be OWNER/NAME',
      'github.ids.repository: must be a numeric id',
      'github.permissionsBoundary: must be the name of a managed policy',
    ]) {
      expect(github(input)).toThrow(problem);
    }
  });
});

describe('an invalid configuration', () => {
  test('is reported with every problem at its path, and where to correct it', () => {
    const message = problemsOf(
      localWith({
        account: '12',
        region: 'Europe',
        availabilityZones: [],
        database: { majorVersion: '9' },
        surprise: 1,
      }),
    );
    expect(message).toContain('account: must be an AWS account id');
    expect(message).toContain('region: must be an AWS region');
    expect(message).toContain('availabilityZones: must name 2 or more zones');
    expect(message).toContain('database.majorVersion: must be "16", "17" or "18"');
    expect(message).toContain('database.databaseName: is missing; it must be of type string');
    expect(message).toContain('Unrecognized key: "surprise"');
    expect(message).toContain('config/src/environments/local.ts');
  });

  test('has one of the two layouts, and is modular where it says nothing', () => {
    expect(problemsOf(localWith({ computeLayout: 'mixed' }))).toContain(
      'computeLayout: must be "modular" or "monolithic"',
    );
    expect(parseEnvironmentConfig('local', localWith({}))).toMatchObject({ computeLayout: 'modular' });
    const monolithic = localWith({ computeLayout: 'monolithic' });
    expect(parseEnvironmentConfig('local', monolithic)).toMatchObject({ computeLayout: 'monolithic' });
  });

  test('contradictions are reported together with values that are invalid in themselves', () => {
    const message = problemsOf(
      localWith({
        account: '12',
        availabilityZones: ['eu-west-1a', 'us-east-1b'],
        networking: { natGateways: 'none' },
      }),
    );
    expect(message).toContain('account: must be an AWS account id');
    expect(message).toContain('availabilityZones.1: must be a zone of eu-west-1');
    expect(message).toContain('networking.vpcCidr:');
  });

  test.each([undefined, null, {}, [], 'local'])('an empty or shapeless one (%p) is refused', (input) => {
    expect(problemsOf(input)).toContain('The configuration of environment local is invalid');
  });

  const services = loadEnvironmentConfig('local').services;
  test.each([
    ['a zone of another region', { availabilityZones: ['us-east-1a', 'eu-west-1b'] }, 'must be a zone of eu-west-1'],
    ['a zone named twice', { availabilityZones: ['eu-west-1a', 'eu-west-1a'] }, 'must not name a zone twice'],
    ['the all-zero account', { account: '000000000000' }, 'not all zero'],
    [
      'memory that Fargate does not offer for the CPU',
      { services: { ...services, scheduler: { cpu: 256, memoryMiB: 4096 } } },
      'services.scheduler.memoryMiB: must be 512 to 2048 in steps of 512 for cpu 256',
    ],
    [
      'a minimum above the maximum',
      { services: { ...services, api: { cpu: 256, memoryMiB: 512, minCapacity: 3, maxCapacity: 2 } } },
      'services.api.minCapacity: must not be above maxCapacity, which is 2',
    ],
    [
      'an image tag that is none',
      { services: { ...services, defaultImageTag: '-latest' } },
      'services.defaultImageTag: must be an image tag',
    ],
    [
      'a retention that CloudWatch Logs does not offer',
      { services: { ...services, logRetentionDays: 10 } },
      'services.logRetentionDays: must be a number of days that CloudWatch Logs offers',
    ],
    [
      'a domain outside its hosted zone',
      {
        loadBalancer: {
          ssl: { enabled: true, domainName: 'api.other.com', hostedZoneName: 'example.com' },
          internalCidrs: ['10.0.0.0/16'],
        },
      },
      'loadBalancer.ssl.domainName: must be in the hosted zone example.com',
    ],
    [
      'internal paths open to the internet by IPv6',
      { loadBalancer: { internalCidrs: ['10.0.0.0/16', '::/0'] } },
      'must not be open to the internet',
    ],
    ['an address that is none', { loadBalancer: { internalCidrs: ['inside'] } }, 'must be an IPv4 or IPv6 CIDR block'],
    ['a name that is none', { environment: 'My Laptop' }, 'environment: must be in kebab case'],
    [
      'an owner that no tag could name',
      { ownership: { owner: '<me>', costCenter: 'x' } },
      'ownership.owner: must be a',
    ],
    [
      'a parent zone that is not above the hosted zone',
      {
        loadBalancer: {
          internalCidrs: ['10.0.0.0/16'],
          ssl: {
            enabled: true,
            domainName: 'api.shop.example.com',
            hostedZoneName: 'shop.example.com',
            parentZone: { zoneName: 'example.org', delegationRoleArn: 'arn:aws:iam::444455556666:role/dns' },
          },
        },
      },
      'loadBalancer.ssl.parentZone.zoneName: must be a zone above shop.example.com',
    ],
    [
      'rotation where no function could do it',
      { database: { ...loadEnvironmentConfig('local').database, rotateCredentials: true } },
      'database.rotateCredentials: must be false',
    ],
    [
      'internal paths open to the internet',
      { loadBalancer: { internalCidrs: ['0.0.0.0/0'] } },
      'must not be open to the internet',
    ],
    [
      'private subnets without a way to pull an image',
      { networking: { vpcCidr: '10.0.0.0/16', natGateways: 'none' } },
      'networking.interfaceEndpoints: must not be empty where natGateways is "none"',
    ],
  ])('%s is refused', (_title, changes, problem) => expect(problemsOf(localWith(changes))).toContain(problem));

  test('credentials never travel over plain http outside the local environment', () => {
    const input = { ...environments['staging'], logForwarder: { lokiUrl: 'http://loki.example.com/push' } };
    expect(() => parseEnvironmentConfig('staging', input)).toThrow(/logForwarder\.lokiUrl: must be an https URL/);
  });

  test('a configuration written for another environment is refused', () => {
    expect(() => parseEnvironmentConfig('staging', environments['production'])).toThrow(
      /environment: must be "staging", the environment this configuration is for/,
    );
  });
});

test('internal callers may have addresses of either version', () => {
  const internalCidrs = ['10.0.0.0/16', '2001:db8::/56'];
  expect(parseEnvironmentConfig('local', localWith({ loadBalancer: { internalCidrs } }))).toMatchObject({
    loadBalancer: { internalCidrs },
  });
});

test('SSL may be left out, or switched off', () => {
  const { internalCidrs } = loadEnvironmentConfig('local').loadBalancer;
  expect(
    parseEnvironmentConfig('local', localWith({ loadBalancer: { internalCidrs } })).loadBalancer.ssl,
  ).toBeUndefined();
});
