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
  ['POST', /^\/[^/?]+\/[^?]+/, 's3:PutObject'],
];

const ROUTE53: readonly [method: string, url: RegExp, action: string][] = [
  ['GET', /\/hostedzone\/[^/?]+$/, 'route53:GetHostedZone'],
  ['GET', /\/hostedzone\/[^/?]+\/rrset/, 'route53:ListResourceRecordSets'],
];

/**
 * The action of a policy that allows an operation (https://docs.aws.amazon.com/service-authorization/latest/reference/).
 *
 * @param operation as the request names it; empty for services with REST protocols.
 * @returns for an operation of a REST protocol that is not known, its method and path.
 */
export function iamActionOf(service: string, operation: string, method: string, url: string): string {
  if (operation !== '') return `${PREFIXES[service] ?? service}:${operation}`;
  const known = [...(service === 's3' ? S3 : []), ...(service === 'route53' ? ROUTE53 : [])];
  return known.find(([verb, path]) => verb === method && path.test(url))?.[2] ?? `${service}: ${method} ${url}`;
}
