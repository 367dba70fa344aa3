import type { IncomingMessage } from 'node:http';

const SERVICES: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  ec2: 'EC2',
  iam: 'IAM',
  s3: 'S3',
  ssm: 'SSM',
  sts: 'STS',
  route53: 'Route53',
};

/** What an S3 request is, as far as deployments make them. */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  POST: 'PostObject',
  DELETE: 'DeleteObject',
};

/**
 * The name of an AWS call, e.g. `CloudFormation DescribeStacks`: JSON services name it in a header, query services in the
 * body, S3 by method and path.
 */
export function callName({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): string {
  const signedFor = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
  const service = SERVICES[signedFor] ?? signedFor;
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return `${service} ${target.split('.').pop()}`;
  const action = new URLSearchParams(body.toString('latin1')).get('Action');
  if (action !== null && action !== '') return `${service} ${action}`;
  if (signedFor !== 's3') return `${service} ${method} ${url.split('?')[0]}`;
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const question = [...searchParams.keys()].find((key) => searchParams.get(key) === '' && key !== 'delete');
  if (question !== undefined && method === 'GET') return `S3 GetBucket (${question})`;
  if (searchParams.has('list-type')) return 'S3 ListObjectsV2';
  return `S3 ${pathname.split('/').filter(Boolean).length < 2 ? `${S3_ACTIONS[method]!.replace('Object', 'Bucket')}` : S3_ACTIONS[method]}`;
}
