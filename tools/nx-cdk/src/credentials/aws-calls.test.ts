import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import calls from './aws-calls.json';

const SOURCES = join(__dirname, '..');

/** Prefixes of actions, where they are not the name of the SDK's client. */
const PREFIXES: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
};
/** Actions that allow an operation of another name (https://docs.aws.amazon.com/service-authorization/latest/reference/). */
const ACTIONS: Readonly<Record<string, string>> = {
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
};

/** Actions that a source file calls by a client of the SDK. */
function actionsIn(source: string): string[] {
  const imports = source.matchAll(/\{([^{}]*)\}\s*(?:from|=\s*await import\()\s*'@aws-sdk\/client-([\w-]+)'/g);
  return [...imports].flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\bpaginate(\w+)|\b(\w+)Command\b(?!Output|Input)/g)].map(([, paged, command]) => {
      const action = `${PREFIXES[client] ?? client}:${paged ?? command}`;
      return ACTIONS[action] ?? action;
    }),
  );
}

const used = new Set(
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^testing/.test(file))
    .flatMap((file) => actionsIn(readFileSync(join(SOURCES, file), 'utf8'))),
);

describe('the list of what the engine calls', () => {
  test('finds calls in sources, however they are imported', () => {
    const source = `import { type Tag, GetParameterCommand } from '@aws-sdk/client-ssm';
      const { HeadBucketCommand, S3Client } = await import(
        '@aws-sdk/client-s3'
      );
      import {
        ELB,
        paginateDescribeLoadBalancers,
      } from '@aws-sdk/client-elastic-load-balancing-v2';`;
    expect(actionsIn(source)).toEqual([
      'ssm:GetParameter',
      's3:ListBucket',
      'elasticloadbalancing:DescribeLoadBalancers',
    ]);
  });

  test('has every call of the SDK: who adds one says by whose credentials, and what deploy roles must allow', () => {
    const known = Object.values(calls).flat();
    expect([...used].filter((action) => !known.includes(action))).toEqual([]);
    expect(used.size).toBeGreaterThan(15);
  });

  test('has no call by the process or the lookup role that no source makes', () => {
    // What the CDK toolkit calls, the sources do not show.
    const toolkit = ['ssm:GetParameter', 'ssm:GetParameters', 'sts:AssumeRole', 'sts:GetCallerIdentity'];
    const listed = [...calls.process, ...calls.lookup].filter((action) => !toolkit.includes(action));
    expect(listed.filter((action) => !used.has(action))).toEqual([]);
  });

  test('has nothing twice, and values of secrets only where a person exports or imports them', () => {
    for (const actions of Object.values(calls)) expect(actions).toEqual([...new Set(actions)].sort());
    const { secrets, ...others } = calls;
    expect(secrets).toContain('secretsmanager:GetSecretValue');
    expect(Object.values(others).flat()).not.toContain('secretsmanager:GetSecretValue');
  });
});
