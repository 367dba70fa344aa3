import { TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';
import { explainError } from '../live-state/explain-error';
import { SsmRecordStore } from './ssm-record-store';

const key = { name: '/nx-cdk/app/test/lock', region: 'eu-west-1' };
const store = new SsmRecordStore();
let rig: TestRig;

beforeAll(async () => {
  rig = await TestRig.start({});
});

afterAll(() => rig.stop());

test('a record is created once, replaced, read and removed; one that is not there is no error', async () => {
  expect(await store.read(key)).toBeUndefined();
  await store.remove(key);
  expect(await store.create(key, 'one')).toBe(true);
  expect(await store.create(key, 'two')).toBe(false);
  expect(await store.read(key)).toBe('one');
  await store.write(key, 'three');
  expect(await store.read(key)).toBe('three');
  await store.remove(key);
  expect(await store.read(key)).toBeUndefined();
});

test('a record that somebody creates at the very same time is not created', async () => {
  rig.aws.fault = () => new AwsError(400, 'TooManyUpdates', 'concurrent updates');
  expect(await store.create(key, 'one')).toBe(false);
});

test.each(['read', 'create', 'write', 'remove'] as const)(
  'credentials that must not %s it are told with the parameter’s name',
  async (action) => {
    rig.aws.fault = () => new AwsError(400, 'AccessDeniedException', 'User is not authorized');
    const error: unknown = await store[action](key, 'text').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(explainError(error)).toMatch(/not allowed.*\/nx-cdk\/app\/test\/lock in eu-west-1: User is not authorized/);
  },
);
