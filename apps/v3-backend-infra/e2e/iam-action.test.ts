import type { IncomingMessage } from 'node:http';
import { iamActionOf } from './iam-action';

const signedFor = (service: string) => `AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/${service}/aws4_request, …`;

const actionOf = (request: Partial<IncomingMessage>, body = '') =>
  iamActionOf({ method: 'POST', url: '/', ...request } as IncomingMessage, Buffer.from(body));

describe('the action that allows a request', () => {
  test('a query service names it in the body, a JSON service in a header', () => {
    expect(
      actionOf({ headers: { authorization: signedFor('cloudformation') } }, 'Action=DescribeStacks&Version=x'),
    ).toBe('cloudformation:DescribeStacks');
    expect(actionOf({ headers: { authorization: signedFor('ssm'), 'x-amz-target': 'AmazonSSM.GetParameters' } })).toBe(
      'ssm:GetParameters',
    );
  });

  test('its prefix is not always what the request is signed for', () => {
    expect(actionOf({ headers: { authorization: signedFor('monitoring') } }, 'Action=DescribeAlarms')).toBe(
      'cloudwatch:DescribeAlarms',
    );
  });

  test.each([
    ['PUT', '/bucket/key?x-id=PutObject', 's3:PutObject'],
    ['GET', '/bucket?encryption=', 's3:GetEncryptionConfiguration'],
    ['GET', '/bucket?list-type=2&prefix=a', 's3:ListBucket'],
    ['HEAD', '/bucket', 's3:ListBucket'],
    ['DELETE', '/bucket/key', 's3:DeleteObject'],
    ['POST', '/bucket?delete=', 's3:DeleteObject'],
  ])('S3 has it in method and path: %s %s is %s', (method, url, action) => {
    expect(actionOf({ headers: { authorization: signedFor('s3') }, method, url })).toBe(action);
  });

  test('of a request that is not known it is method and path', () => {
    expect(actionOf({ headers: {}, method: 'GET', url: '/2015-03-31/functions' })).toBe(
      'unsigned: GET /2015-03-31/functions',
    );
  });
});
