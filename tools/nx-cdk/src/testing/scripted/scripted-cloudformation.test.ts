import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  paginateDescribeChangeSet,
  paginateDescribeStacks,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { TemplateResource } from '../../assembly/template';
import { type StackSketch, templateOf } from '../assembly-builder';
import { ScriptedAws } from './scripted-aws';

let aws: ScriptedAws;
let client: CloudFormationClient;
const processEnv = { ...process.env };

beforeEach(async () => {
  aws = new ScriptedAws('/nowhere');
  await aws.start();
  client = new CloudFormationClient({ maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
  process.env = { ...processEnv };
});

const body = (name: string, sketch: StackSketch) => JSON.stringify(templateOf(name, sketch));
const create = (name: string, sketch: StackSketch) =>
  client.send(new CreateStackCommand({ StackName: name, TemplateBody: body(name, sketch) }));
const update = (name: string, sketch: StackSketch) =>
  client.send(new UpdateStackCommand({ StackName: name, TemplateBody: body(name, sketch) }));
const status = async (name: string) =>
  (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]?.StackStatus;

async function changeSet(name: string, sketch: StackSketch) {
  const input = { StackName: name, ChangeSetName: 'it', TemplateBody: body(name, sketch) };
  await client.send(new CreateChangeSetCommand(input));
  const pages = [];
  for await (const page of paginateDescribeChangeSet({ client }, { StackName: name, ChangeSetName: 'it' }))
    pages.push(page);
  return { ...pages[0], changes: pages.flatMap(({ Changes = [] }) => Changes.map((one) => one.ResourceChange)), pages };
}

const bucket = (properties: object, policy?: string): TemplateResource => ({
  Type: 'AWS::S3::Bucket',
  Properties: { ...properties },
  ...(policy === undefined ? {} : { DeletionPolicy: policy, UpdateReplacePolicy: policy }),
});

describe('change sets are computed from what is deployed', () => {
  test('a page at a time: what is added, modified, replaced and removed, and what becomes of the old resource', async () => {
    aws.cloudFormation.replacing.always.add('BucketName');
    aws.cloudFormation.replacing.conditionally.add('Encryption');
    aws.cloudFormation.pageSize = 2;
    await create('a', {
      resources: { Old: bucket({}, 'Retain'), Named: bucket({ BucketName: 'x' }, 'Retain'), Safe: bucket({ Tags: 1 }) },
    });
    const { changes, pages } = await changeSet('a', {
      resources: { Named: bucket({ BucketName: 'y' }, 'Retain'), Safe: bucket({ Encryption: 1 }), New: bucket({}) },
    });
    expect(pages.length).toBe(2);
    expect(changes).toMatchObject([
      { LogicalResourceId: 'Named', Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndRetain' },
      { LogicalResourceId: 'Safe', Action: 'Modify', Replacement: 'Conditional' },
      { LogicalResourceId: 'New', Action: 'Add' },
      { LogicalResourceId: 'Old', Action: 'Remove', PolicyAction: 'Retain' },
    ]);
    expect(changes[0]?.Details?.[0]?.Target).toEqual({
      Attribute: 'Properties',
      Name: 'BucketName',
      RequiresRecreation: 'Always',
    });
  });

  test('one without changes fails in AWS’s words, as does an update', async () => {
    await create('a', { tags: {} });
    await expect(changeSet('a', {})).resolves.toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringMatching(/^The submitted information didn't contain changes/) as string,
    });
    await expect(update('a', {})).rejects.toThrow('No updates are to be performed.');
  });

  test('a new value of an SSM parameter is a change, although the template is the same', async () => {
    aws.parameters.set('/p', 'one');
    await create('a', { reads: ['/p'] });
    aws.parameters.set('/p', 'two');
    await update('a', { reads: ['/p'] });
    expect(aws.cloudFormation.stacks.get('a')?.parameters).toEqual({ p: { value: '/p', resolved: 'two' } });
  });

  test('executing one by its name applies it', async () => {
    await create('a', {});
    await changeSet('a', { version: '2' });
    await client.send(new ExecuteChangeSetCommand({ StackName: 'a', ChangeSetName: 'it' }));
    expect(await status('a')).toBe('UPDATE_COMPLETE');
    expect(aws.cloudFormation.stacks.get('a')?.body).toBe(body('a', { version: '2' }));
  });
});

describe('exports', () => {
  beforeEach(async () => {
    await create('a', { exports: { id: 'one' } });
    await create('b', { imports: ['a:id'] });
  });

  test.each([
    ['dropping', {}, 'delete'],
    ['changing', { exports: { id: 'two' } }, 'update'],
  ])('%s one that is imported rolls the update back', async (_what, sketch, verb) => {
    await update('a', sketch);
    expect(await status('a')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(aws.cloudFormation.stacks.get('a')?.events.map((event) => event['ResourceStatusReason'])).toContain(
      `Cannot ${verb} export a:id as it is in use by b`,
    );
  });

  test('a stack that exports what is imported is not deleted, and one that imports what is missing not shipped', async () => {
    await client.send(new DeleteStackCommand({ StackName: 'a' }));
    expect(await status('a')).toBe('DELETE_FAILED');
    await expect(create('c', { imports: ['a:other'] })).rejects.toThrow('No export named a:other found.');
    await expect(changeSet('b', { imports: ['a:other'] })).resolves.toMatchObject({ Status: 'FAILED' });
  });
});

describe('operations', () => {
  test('make a step when they are asked for, where a test wants to come in between', async () => {
    aws.cloudFormation.pollsPerStep = 1;
    await create('a', {});
    const seen = [await status('a'), aws.cloudFormation.stacks.get('a')?.events.length];
    expect(seen).toEqual(['CREATE_IN_PROGRESS', 2]);
    for (let polls = 0; polls < 10; polls += 1) await status('a');
    expect(await status('a')).toBe('CREATE_COMPLETE');
  });

  test('a rollback that fails is continued without the resources to skip', async () => {
    await create('a', {});
    aws.cloudFormation.failing.set('aTopic', 'no');
    aws.cloudFormation.failingRollback.set('aTopic', 'gone');
    await update('a', { version: '2' });
    expect(await status('a')).toBe('UPDATE_ROLLBACK_FAILED');
    const go = (skip: string[]) =>
      client.send(new ContinueUpdateRollbackCommand({ StackName: 'a', ResourcesToSkip: skip }));
    await go([]);
    expect(await status('a')).toBe('UPDATE_ROLLBACK_FAILED');
    await go(['aTopic']);
    expect(await status('a')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('termination protection refuses a deletion; all stacks are listed page by page', async () => {
    for (const name of ['a', 'b', 'c']) await create(name, {});
    aws.cloudFormation.stacks.get('a')!.terminationProtection = true;
    await expect(client.send(new DeleteStackCommand({ StackName: 'a' }))).rejects.toThrow('TerminationProtection');
    aws.cloudFormation.pageSize = 2;
    const names = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
      names.push(...Stacks.map(({ StackName }) => StackName));
    expect(names).toEqual(['a', 'b', 'c']);
  });
});
