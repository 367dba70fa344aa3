import type { IncomingMessage } from 'node:http';

/** Services whose actions have another prefix than the one that requests are signed for. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Operations of S3, by method, and by what is asked for: in the query, or else in the path. */
const S3: readonly [method: string, url: RegExp, action: string][] = [
  ['GET', /[?&]location/, 's3:GetBucketLocation'],
  ['GET', /[?&]encryption/, 's3:GetEncryptionConfiguration'],
  ['GET', /[?&]versions/, 's3:ListBucketVersions'],
  ['GET', /^\/[^/?]+\/?(\?.*)?$/, 's3:ListBucket'],
  ['HEAD', /^\/[^/?]+\/?$/, 's3:ListBucket'],
  ['GET', /^\/[^/?]+\/[^?]+/, 's3:GetObject'],
  ['HEAD', /^\/[^/?]+\/[^?]+/, 's3:GetObject'],
  ['PUT', /^\/[^/?]+\/[^?]+/, 's3:PutObject'],
  ['POST', /[?&]delete/, 's3:DeleteObject'],
  ['POST', /^\/[^/?]+\/[^?]+/, 's3:PutObject'],
  ['DELETE', /^\/[^/?]+\/[^?]+/, 's3:DeleteObject'],
];

const ROUTE53: readonly [method: string, url: RegExp, action: string][] = [
  ['GET', /\/hostedzone\/[^/?]+$/, 'route53:GetHostedZone'],
  ['GET', /\/hostedzone\/[^/?]+\/rrset/, 'route53:ListResourceRecordSets'],
];

/**
 * The action of a policy that allows a request (https://docs.aws.amazon.com/service-authorization/latest/reference/): JSON
 * services name their operation in a header, query services in the body.
 *
 * @returns for a request of a REST service that is not known, its method and path.
 */
export function iamActionOf({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): string {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
  const target = headers['x-amz-target'] ?? new URLSearchParams(body.toString('latin1')).get('Action');
  if (target) return `${PREFIXES[service] ?? service}:${String(target).replace(/^.*\./, '')}`;
  const known = [...(service === 's3' ? S3 : []), ...(service === 'route53' ? ROUTE53 : [])];
  return known.find(([verb, path]) => verb === method && path.test(url))?.[2] ?? `${service}: ${method} ${url}`;
}
