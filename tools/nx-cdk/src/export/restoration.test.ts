import { planRestoration, type PresentSecret } from './restoration';
import type { SecretValue, ValuedSecret } from './secret-values';

const former = (logicalId: string, value: SecretValue, name = logicalId): ValuedSecret => ({
  stack: 'app',
  logicalId,
  name,
  value,
});
const present = (logicalId: string, more: Partial<PresentSecret> = {}): PresentSecret => ({
  stack: 'app',
  logicalId,
  name: logicalId,
  arn: `arn:${logicalId}`,
  region: 'eu-west-1',
  currentVersionId: 'v1',
  rotation: { enabled: false },
  kmsKeyId: null,
  ownership: 'own',
  why: '',
  hasFixedName: false,
  value: { text: 'new' },
  ...more,
});
const actions = (...plan: Parameters<typeof planRestoration>) =>
  planRestoration(...plan).map(({ name, action, target }) => [name, action, target?.arn, target?.value]);

test('secrets are paired by stack and logical id, whatever their names are now', () => {
  const plan = actions([former('A', { text: 'a' }, 'A-x1y2')], [present('A', { name: 'A-z9' })], []);
  expect(plan).toEqual([['app/A', 'write', 'arn:A', { text: 'a' }]]);
});

test('a secret that moved to another construct is found by its fixed name', () => {
  const plan = actions([former('Old', { text: 'a' }, 'token')], [present('New', { name: 'token' })], []);
  expect(plan).toEqual([['app/New', 'write', 'arn:New', { text: 'a' }]]);
});

test('a secret without a value gets its former one', () => {
  expect(actions([former('A', { text: 'a' })], [present('A', { value: undefined })], [])[0]).toContain('write');
});

test('text and bytes that spell the same are not the same', () => {
  const bytes = { base64: Buffer.from('new').toString('base64') };
  expect(actions([former('A', bytes)], [present('A')], [])).toEqual([['app/A', 'write', 'arn:A', bytes]]);
  expect(actions([former('A', bytes)], [present('A', { value: bytes })], [])[0]).toContain('keep');
});

test.each(['database', 'composed', 'rotated'] as const)('a %s’s value stays unless it is named', (ownership) => {
  const secrets = [present('A', { ownership, why: 'somebody has a copy' })];
  const [kept] = planRestoration([former('A', { text: 'a' })], secrets, []);
  expect(kept).toMatchObject({
    action: 'keep',
    reason: 'somebody has a copy. To write it all the same: --overwrite=app/A',
  });
  expect(actions([former('A', { text: 'a' })], secrets, ['app/A'])[0]).toContain('write');
});

test('what has no counterpart is told, on either side', () => {
  const plan = planRestoration([former('Gone', { text: 'a' })], [present('New')], []);
  expect(plan.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    'Gone: there is no such secret any more; its value is not restored',
    'app/New: it is not in the file',
  ]);
});
