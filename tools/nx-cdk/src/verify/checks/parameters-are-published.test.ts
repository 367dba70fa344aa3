import { deployedApp, deployedStack, findingsOf } from '../../testing/deployed';
import { parametersArePublished } from './parameters-are-published';

const parameter = (Name: string, Value: unknown) => ({
  Type: 'AWS::SSM::Parameter',
  id: Name,
  Properties: { Name, Value },
});
const app = deployedApp(
  deployedStack('network', {
    Vpc: { Type: 'AWS::EC2::VPC', id: 'vpc-1' },
    VpcId: parameter('/shop/vpcId', { Ref: 'Vpc' }),
    VpcCidr: parameter('/shop/vpcCidr', { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }),
    Word: parameter('/shop/word', 'literal'),
  }),
  deployedStack('cart', {}, { Cidr: { value: '/shop/vpcCidr', resolved: '10.0.0.0/16' } }),
);
const right = { '/shop/vpcId': 'vpc-1', '/shop/vpcCidr': '10.0.0.0/16', '/shop/word': 'literal' };

/** What is wrong with parameters that have these values. */
async function wrong(values: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const findings = await findingsOf(parametersArePublished, app, {
    GetParameters: ({ Names }) => ({
      Parameters: (Names as string[]).filter((Name) => Name in values).map((Name) => ({ Name, Value: values[Name] })),
    }),
  });
  return Object.fromEntries(findings.filter(({ ok }) => !ok).map(({ subject, evidence }) => [subject, evidence]));
}

test('parameters with what their stacks published are right', async () => {
  expect(await wrong(right)).toEqual({});
});

test('a missing one is named', async () => {
  const { '/shop/word': _gone, ...others } = right;
  expect(await wrong(others)).toEqual({ '/shop/word': 'it does not exist' });
});

test('a value that the template tells has to be that one', async () => {
  expect(await wrong({ ...right, '/shop/vpcId': 'vpc-2' })).toEqual({
    '/shop/vpcId': 'it is not what the stack published: vpc-2 instead of vpc-1',
  });
});

test('a value that only AWS knows has to be the one that its readers were deployed with, and not empty', async () => {
  expect(await wrong({ ...right, '/shop/vpcCidr': '10.9.0.0/16' })).toEqual({
    '/shop/vpcCidr': 'it is not what stacks were deployed with: 10.9.0.0/16 instead of 10.0.0.0/16',
  });
});

test('many are read ten at a time', async () => {
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`P${i}`, parameter(`/many/${i}`, `${i}`)]));
  const sizes: number[] = [];
  await findingsOf(parametersArePublished, deployedApp(deployedStack('many', many)), {
    GetParameters: ({ Names }) => (sizes.push((Names as string[]).length), { Parameters: [] }),
  });
  expect(sizes).toEqual([10, 10, 5]);
});
