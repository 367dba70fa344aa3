import { formatLock } from '../../lock/lock';
import { ACCOUNT, findingsOf, REGION, type Symptoms } from '../../testing/patient';
import type { Check } from '../check';
import { bootstrapBuckets } from './bootstrap-buckets';
import { bootstrapRoles } from './bootstrap-roles';
import { bootstrapVersion } from './bootstrap-version';
import { credentials, expiry } from './credentials';
import { delegation, judgeZone } from './delegation';
import { deployRole } from './deploy-role';
import { lock } from './lock';
import { quotas } from './quotas';
import { serviceLinkedRoles } from './service-linked-roles';
import { cliVersion, libraryVersion, nodeVersion, toolchain } from './toolchain';

const resolved = <T>(value: T) => Promise.resolve(value);
/** A problem whose words and remedy match. */
const problemLike = (text: RegExp, todo: RegExp) => ({
  result: 'problem',
  text: expect.stringMatching(text),
  todo: expect.stringMatching(todo),
});
const okLike = (text: RegExp) => ({ result: 'ok', text: expect.stringMatching(text) });

async function expectFindings(check: Check, symptoms: Symptoms, expected: unknown[]): Promise<void> {
  expect(await findingsOf(check, symptoms)).toEqual(expected);
}

describe('credentials', () => {
  test('are the environment’s', () => expectFindings(credentials, {}, [okLike(/^for account 111111111111 \(/)]));

  test('of another account are a problem', () =>
    expectFindings(credentials, { facts: { identity: () => resolved({ account: '222222222222', arn: 'x' }) } }, [
      problemLike(/^for account 222222222222 \(x\), but test is in account 111111111111$/, /^Log in to that account/),
    ]));

  test('that are not there are a problem, not an unknown', () =>
    expectFindings(
      credentials,
      { facts: { identity: () => Promise.reject(new Error('Could not load credentials')) } },
      [problemLike(/Could not load credentials/, /^Log in/)],
    ));

  test('that end within the hour do not outlast a deploy', () => {
    const now = Date.parse('2026-11-24T10:00:00Z');
    expect(expiry(undefined, now)).toEqual([]);
    expect(expiry(new Date('2026-11-24T11:00:00Z'), now)).toEqual([okLike(/in 60 minutes$/)]);
    expect(expiry(new Date('2026-11-24T10:59:00Z'), now)).toEqual([problemLike(/in 59 minutes$/, /^Log in again/)]);
  });
});

describe('Node and CDK', () => {
  test('here are versions that work', async () => {
    for (const { result } of await findingsOf(toolchain)) expect(['ok', 'problem']).toContain(result);
    expect(nodeVersion(process.versions.node).result).toBe('ok');
  });

  test('are compared with what nx-cdk needs', () => {
    expect([nodeVersion('20.19.0'), nodeVersion('24.0.1')].map(({ result }) => result)).toEqual(['ok', 'ok']);
    expect(nodeVersion('20.18.9')).toEqual(problemLike(/^Node 20\.18\.9 is too old$/, /^Install Node 20\.19/));
    expect(libraryVersion('1.40.1').result).toBe('ok');
    expect(libraryVersion('1.43.0')).toEqual(problemLike(/is 1\.43\.0/, /toolkit-lib@1\.40\.1$/));
    expect(libraryVersion(undefined)).toEqual(problemLike(/is not installed$/, /^npm install/));
  });

  test('a CLI is not needed, and 3.0.0 is the one that npm has by mistake', () => {
    expect(cliVersion(undefined)).toEqual([]);
    expect(cliVersion('2.1148.1')).toEqual([okLike(/2\.1148\.1$/)]);
    expect(cliVersion('3.0.0')).toEqual([problemLike(/reads no assemblies of today$/, /aws-cdk@2$/)]);
  });
});

describe('the bootstrap', () => {
  const version = (value: string | undefined) => ({ facts: { parameter: () => resolved(value) } });
  const command = new RegExp(`^npx cdk bootstrap aws://${ACCOUNT}/${REGION} --qualifier shop$`);

  test('is there, with the app’s qualifier and a version that keeps others from taking its bucket', async () => {
    await expectFindings(bootstrapVersion, version('21'), [okLike(/has version 21, with the qualifier shop$/)]);
    await expectFindings(bootstrapVersion, version('20'), [problemLike(/has version 20, .*; 21 is needed$/, command)]);
    await expectFindings(bootstrapVersion, version(undefined), [
      problemLike(/has none with the qualifier shop/, command),
    ]);
  });

  test('has buckets that belong to the account', async () => {
    const bucket = (found: 'own' | 'foreign' | 'missing') => ({ facts: { bucket: () => resolved(found) } });
    await expectFindings(bootstrapBuckets, bucket('own'), [
      okLike(/^cdk-shop-assets belongs to account 111111111111$/),
    ]);
    await expectFindings(bootstrapBuckets, bucket('missing'), [problemLike(/does not exist$/, /^npx cdk bootstrap/)]);
    await expectFindings(bootstrapBuckets, bucket('foreign'), [
      problemLike(/does not belong/, /^Upload nothing to it/),
    ]);
  });

  test('has roles that these credentials may take', async () => {
    await expectFindings(bootstrapRoles, {}, [okLike(/^may assume cdk-shop-deploy$/)]);
    await expectFindings(bootstrapRoles, { facts: { mayAssume: () => resolved(false) } }, [
      problemLike(/user\/ann may not assume cdk-shop-deploy/, /^Allow sts:AssumeRole on arn:aws:iam::/),
    ]);
  });
});

describe('the deploy role', () => {
  const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/tokens.example.com`;
  const trust = (operator: string, values: Record<string, string | string[]>) => ({
    Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Condition: { [operator]: values } }],
  });
  const exact = { 'tokens.example.com:aud': 'sts.amazonaws.com', 'tokens.example.com:sub': ['repo:a/b:environment:c'] };
  const find = (facts: Symptoms['facts']) => findingsOf(deployRole, { deployRole: '{environment}-role', facts });

  test('need not be', async () => expect(await findingsOf(deployRole)).toEqual([okLike(/^none is configured/)]));

  test('trusts subjects that are written out, of a provider that is there', async () => {
    expect(await find({ trustOf: () => resolved(trust('StringEquals', exact)) })).toEqual([
      okLike(/^test-role trusts repo:a\/b:environment:c$/),
      okLike(/tokens\.example\.com is for sts\.amazonaws\.com$/),
    ]);
  });

  test('is a problem where it is missing, trusts patterns, or its provider is missing or for others', async () => {
    expect(await find({ trustOf: () => resolved(undefined) })).toEqual([
      problemLike(/^test-role does not exist$/, /./),
    ]);
    const wide = { trustOf: () => resolved(trust('StringLike', exact)), audiencesOf: () => resolved(undefined) };
    expect(await find(wide)).toEqual([
      problemLike(/trusts more of tokens\.example\.com/, /StringEquals/),
      problemLike(/does not exist$/, /./),
    ]);
    const others = { trustOf: () => resolved(trust('StringEquals', exact)), audiencesOf: () => resolved([]) };
    expect(await find(others)).toContainEqual(problemLike(/is for nobody$/, /--client-id sts\.amazonaws\.com$/));
    expect(await find({ trustOf: () => resolved({ Statement: [] }) })).toEqual([problemLike(/trusts no OpenID/, /./)]);
  });
});

describe('service-linked roles', () => {
  const resources = { Service: { Type: 'AWS::ECS::Service' } };

  test('are looked for where the templates have something that needs them', async () => {
    await expectFindings(serviceLinkedRoles, {}, []);
    await expectFindings(serviceLinkedRoles, { resources }, [okLike(/^AWSServiceRoleForECS$/)]);
    const target = {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { ServiceNamespace: 'dynamodb' },
    };
    await expectFindings(serviceLinkedRoles, { resources: { Target: target } }, []);
  });

  test('are made by a command where they are missing', () =>
    expectFindings(serviceLinkedRoles, { resources, facts: { trustOf: () => resolved(undefined) } }, [
      problemLike(/^AWSServiceRoleForECS does not exist yet$/, /--aws-service-name ecs\.amazonaws\.com$/),
    ]));
});

describe('quotas', () => {
  const resources = {
    One: { Type: 'AWS::EC2::EIP' },
    Two: { Type: 'AWS::EC2::EIP' },
    Queue: { Type: 'AWS::SQS::Queue' },
  };
  const used = (count: number, quota?: number) => ({
    resources,
    facts: { count: () => resolved(count), quota: () => resolved(quota) },
  });

  test('leave room for what is to come, to the last one', async () => {
    await expectFindings(quotas, used(3, 5), [okLike(/^elastic IPs in eu-west-1: 3 in use, 2 to come, 5 allowed$/)]);
    await expectFindings(quotas, used(4, 5), [
      problemLike(/4 in use, 2 to come, but only 5 allowed$/, /--quota-code L-0263D0A3 --desired-value 6$/),
    ]);
  });

  test('that AWS does not know are not known', () =>
    expectFindings(quotas, used(4), [{ result: 'not checkable here', text: expect.stringContaining('does not say') }]));

  test('do not count what is deployed a second time', () =>
    expectFindings(quotas, { resources, facts: { deployed: () => resolved(new Set(['web'])) } }, [
      okLike(/^every stack is deployed$/),
    ]));
});

describe('hosted zones', () => {
  const dns = (servers: string[]) => ({ pollMs: 0, nameServers: () => resolved({ servers }) });

  test('are none, or not deployed yet, or delegated', async () => {
    await expectFindings(delegation, {}, [okLike(/^the app has none$/)]);
    expect(await judgeZone('example.com', undefined, dns([]))).toEqual(okLike(/not deployed yet/));
    expect(await judgeZone('example.com', ['ns1.test'], dns(['ns1.test.']))).toEqual(okLike(/is delegated$/));
  });

  test('that are not delegated come with the record to create', async () => {
    expect(await judgeZone('a.example.com', ['ns1.test'], dns([]))).toEqual(
      problemLike(/^a\.example\.com is not delegated: /, /in the zone above it, example\.com[^]*values {2}ns1\.test/),
    );
  });
});

describe('the lock', () => {
  const held = (host: string | null) =>
    formatLock({
      id: '00000000-0000-4000-8000-000000000000',
      owner: 'ann@laptop',
      host,
      pid: 42,
      processStart: 'then',
      since: '2026-11-24T10:00:00.000Z',
      commit: null,
      command: 'nx run app:deploy',
    });

  test('is free, or somebody else’s, whom one can ask', async () => {
    await expectFindings(lock, {}, [okLike(/^test is not locked$/)]);
    await expectFindings(lock, { facts: { lock: () => resolved(held('elsewhere')) } }, [
      problemLike(/^test is locked by ann@laptop .* on another machine$/, /:unlock --configuration=/),
    ]);
  });

  test('that cannot be read is a problem', () =>
    expectFindings(lock, { facts: { lock: () => resolved('?') } }, [problemLike(/cannot be read \(\?\)$/, /:unlock/)]));
});
