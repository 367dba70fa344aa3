import { isAllowed, type Statement } from './policy';

const allow = (changes: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::shop/*',
  ...changes,
});
const read = { action: 's3:GetObject', resource: 'arn:aws:s3:::shop/a/b' };

describe('the evaluation of a policy', () => {
  test('denies what nothing allows', () => {
    expect(isAllowed([], read)).toBe(false);
    expect(isAllowed([allow({})], { ...read, action: 's3:GetObjectAcl' })).toBe(false);
    expect(isAllowed([allow({})], { ...read, resource: 'arn:aws:s3:::shop' })).toBe(false);
  });

  test('takes * for any characters and ? for one, and everything else for itself', () => {
    expect(isAllowed([allow({})], read)).toBe(true);
    expect(isAllowed([allow({ Resource: 'arn:aws:s3:::sho?/a/?' })], read)).toBe(true);
    expect(isAllowed([allow({ Resource: 'arn:aws:s3:::sho?' })], read)).toBe(false);
    expect(isAllowed([allow({ Resource: 'arn.aws.s3...shop/*' })], read)).toBe(false);
    expect(isAllowed([allow({ Action: ['s3:Put*', 's3:*Object'] })], read)).toBe(true);
  });

  test('takes actions in upper and lower case, resources only as written', () => {
    expect(isAllowed([allow({ Action: 'S3:getobject' })], read)).toBe(true);
    expect(isAllowed([allow({ Resource: 'arn:aws:s3:::SHOP/*' })], read)).toBe(false);
  });

  test('lets a denial win', () => {
    expect(isAllowed([allow({}), allow({ Effect: 'Deny', Resource: '*' })], read)).toBe(false);
  });

  test('holds a condition only where its key has a value', () => {
    const passed = (service?: string) =>
      service === undefined ? read : { ...read, context: { 'iam:PassedToService': service } };
    const equals = [allow({ Condition: { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] } } })];
    expect(isAllowed(equals, passed('ecs-tasks.amazonaws.com'))).toBe(true);
    expect(isAllowed(equals, passed('lambda.amazonaws.com'))).toBe(false);
    expect(isAllowed(equals, passed())).toBe(false);
    const like = [allow({ Condition: { StringLike: { 'iam:PassedToService': 'ecs-*' } } })];
    expect(isAllowed(like, passed('ecs-tasks.amazonaws.com'))).toBe(true);
    expect(isAllowed(like, passed('lambda.amazonaws.com'))).toBe(false);
  });

  test('refuses what it does not know', () => {
    expect(() => isAllowed([{ ...allow({}), NotResource: '*' } as Statement], read)).toThrow('NotResource');
    const condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const attempt = { ...read, context: { 'aws:SourceIp': '10.0.0.1' } };
    expect(() => isAllowed([allow({ Condition: condition })], attempt)).toThrow('IpAddress');
  });
});
