import type { IncomingMessage } from 'node:http';
import { callName } from './call-name';

const signedFor = (service: string) => `AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/${service}/aws4_request, …`;

const named = (request: Partial<IncomingMessage>, body = '') =>
  callName({ method: 'POST', url: '/', ...request } as IncomingMessage, Buffer.from(body));

describe('the name of a call', () => {
  test('a query service has it in the body, a JSON service in a header', () => {
    expect(named({ headers: { authorization: signedFor('cloudformation') } }, 'Action=DescribeStacks&Version=x')).toBe(
      'CloudFormation DescribeStacks',
    );
    expect(named({ headers: { authorization: signedFor('ssm'), 'x-amz-target': 'AmazonSSM.GetParameters' } })).toBe(
      'SSM GetParameters',
    );
  });

  test('S3 has it in method and path', () => {
    const headers = { authorization: signedFor('s3') };
    expect(named({ headers, method: 'PUT', url: '/bucket/key?x-id=PutObject' })).toBe('S3 PutObject');
    expect(named({ headers, method: 'GET', url: '/bucket?encryption=' })).toBe('S3 GetBucket (encryption)');
    expect(named({ headers, method: 'GET', url: '/bucket?list-type=2&prefix=a' })).toBe('S3 ListObjectsV2');
    expect(named({ headers, method: 'HEAD', url: '/bucket' })).toBe('S3 HeadBucket');
  });

  test('of any other service it is method and path', () => {
    expect(named({ headers: {}, method: 'GET', url: '/2015-03-31/functions?x=1' })).toBe(
      'unsigned GET /2015-03-31/functions',
    );
  });
});
