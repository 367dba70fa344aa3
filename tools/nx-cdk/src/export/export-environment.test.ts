import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { TemplateResource } from '../assembly/template';
import { hurry } from '../testing/hurry';
import { ScriptedSecrets } from '../testing/scripted/scripted-secrets';
import { TestRig } from '../testing/test-rig';
import type { EnvironmentExport } from './environment-export';

hurry();

const NOW = new Date('2026-01-02T03:04:05.678Z');
const STEM = '20260102T030405Z';
/** As bad as values get: what JSON, Markdown, shells and URLs treat in a special way. */
const PLANTED = { token: 'pl4nted "value" & |x| + ü/=', password: 'hunter2-planted-password' };

const parameter = (Name: string): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value: 'published' },
});
const secret = (properties: object = {}): TemplateResource => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties: { GenerateSecretString: {}, ...properties },
});
const DATABASE = {
  Password: secret(),
  Database: { Type: 'AWS::RDS::DBInstance', Properties: {}, DeletionPolicy: 'Delete' },
  Attachment: {
    Type: 'AWS::SecretsManager::SecretTargetAttachment',
    Properties: { SecretId: { Ref: 'Password' }, TargetId: { Ref: 'Database' } },
  },
} satisfies Record<string, TemplateResource>;

let rig: TestRig;
let secrets: ScriptedSecrets;
let identity: string;
let recipient: string;

beforeAll(async () => {
  identity = await generateIdentity();
  recipient = await identityToRecipient(identity);
});

beforeEach(async () => {
  rig = await TestRig.start({
    app: { resources: { Token: secret({ Name: 'app-token' }), Url: parameter('/shop/test/app/url') } },
    database: { resources: { ...DATABASE, Port: parameter('/shop/test/database/port') } },
    extra: {},
  });
  secrets = new ScriptedSecrets();
  secrets.secrets.set('physical-Token', { name: 'app-token', value: PLANTED.token });
  secrets.secrets.set('physical-Password', { name: 'database-password', value: PLANTED.password });
  rig.aws.services.set('secretsmanager', secrets.service);
});

afterEach(() => rig.stop());

const folder = () => join(rig.workspace.root, 'dist/export/test');
const read = (name: string) => readFileSync(join(folder(), name), 'utf8');
const exported = () => JSON.parse(read(`${STEM}.json`)) as EnvironmentExport;
const deployed = () => rig.deploy({}, { stacks: ['app', 'database'] });
const encrypted = {
  includeSecretValues: true,
  get recipient() {
    return recipient;
  },
};

test('what is deployed is written down, with what is not deployed, made by hand, and to think of', async () => {
  await deployed();
  rig.aws.parameters.set('/shop/test/by-hand', 'x');
  rig.aws.parameters.set('/shop/test/encrypted', PLANTED.token);
  rig.aws.parameters.set('/shop/production/other', 'x');
  rig.aws.ssm.secure.add('/shop/test/encrypted');
  rig.aws.cloudFormation.meddled.set('Database', { '/MultiAZ': ['true', 'false'] });
  const said = await rig.export({}, { now: NOW });

  const { stacks, ssmParameters, secrets: found, notDeployed, byHand, beforeRecreation } = exported();
  expect(notDeployed).toEqual(['extra']);
  expect(stacks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'app CREATE_COMPLETE',
    'database CREATE_COMPLETE',
  ]);
  expect(ssmParameters.map(({ name, value, publishedBy }) => [name, value, publishedBy?.logicalId])).toEqual([
    ['/shop/test/app/url', 'published', 'Url'],
    ['/shop/test/by-hand', 'x', undefined],
    ['/shop/test/database/port', 'published', 'Port'],
    ['/shop/test/encrypted', undefined, undefined],
  ]);
  expect(found.map(({ name, currentVersionId, ownership }) => [name, currentVersionId, ownership])).toEqual([
    ['app-token', 'v1', 'own'],
    ['database-password', 'v1', 'database'],
  ]);
  expect(byHand).toEqual([
    'database: Database modified (MultiAZ is false instead of true), not by CloudFormation.',
    'The SSM parameter /shop/test/by-hand (String) is of no stack. It stays when the stacks are deleted.',
    'The SSM parameter /shop/test/encrypted (SecureString) is of no stack. It stays when the stacks are deleted; its value was not read.',
  ]);
  expect(beforeRecreation.join('\n')).toMatch(/the teardown deletes Database .*\n.*app-token has a fixed name/);
  expect(said[1]).toBe('Not deployed: extra.');
  expect(secrets.calls.filter((call) => !call.startsWith('DescribeSecret'))).toEqual([]);
});

test('twice the same environment, twice the same files', async () => {
  await deployed();
  await rig.export({}, { now: NOW });
  const first = [read(`${STEM}.json`), read(`${STEM}.md`)];
  await rig.export({}, { now: NOW });
  expect([read(`${STEM}.json`), read(`${STEM}.md`)]).toEqual(first);
});

test('only the owner may read the files, also where others could before, and sha256sum accepts them', async () => {
  await deployed();
  await rig.export(encrypted, { now: NOW });
  writeFileSync(join(folder(), `${STEM}.json`), 'old');
  execFileSync('chmod', ['644', join(folder(), `${STEM}.json`)]);
  await rig.export(encrypted, { now: NOW });
  const files = readdirSync(folder());
  expect(files).toEqual([`${STEM}.json`, `${STEM}.md`, `${STEM}.secrets.age`, `${STEM}.sha256`]);
  for (const file of files) expect(statSync(join(folder(), file)).mode & 0o777).toBe(0o600);
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  expect(execFileSync('sha256sum', ['-c', `${STEM}.sha256`], { cwd: folder(), encoding: 'utf8' })).toBe(
    files
      .slice(0, 3)
      .map((file) => `${file}: OK\n`)
      .join(''),
  );
});

test('no file, line or event has a value of a secret, in no form', async () => {
  await deployed();
  const print = ['stdout', 'stderr'].map((name) =>
    jest.spyOn(process[name as 'stdout'], 'write').mockImplementation(() => true),
  );
  const said = [...(await rig.export(encrypted, { now: NOW })), ...(await rig.export())];
  const file = `dist/export/test/${STEM}.secrets.age`;
  writeFileSync(join(rig.workspace.root, 'key.txt'), identity);
  secrets.secrets.get('physical-Token')!.value = 'another';
  said.push(...(await rig.importSecrets({ file, identity: 'key.txt', confirm: 'test' })));
  const printed = print.flatMap((one) => one.mock.calls.map(([text]) => String(text)));
  jest.restoreAllMocks();

  const root = rig.workspace.root;
  const written = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'));
  const everything = [...said, ...printed, JSON.stringify(rig.events), ...written].join('\n');
  expect(written.length).toBeGreaterThan(4);
  for (const value of Object.values(PLANTED)) {
    for (const form of formsOf(value)) expect(everything).not.toContain(form);
  }
  expect(secrets.secrets.get('physical-Token')!.value).toBe(PLANTED.token);
});

test('nothing is deployed: it says so and writes nothing', async () => {
  expect(await rig.export()).toEqual([expect.stringMatching(/^Nothing of test is deployed in account \d+: /)]);
  expect(() => readdirSync(folder())).toThrow();
});

test('a stack half-way, and one that somebody works on, are exported as they are, which is said', async () => {
  await deployed();
  rig.aws.cloudFormation.leave('app', 'UPDATE_ROLLBACK_FAILED');
  rig.aws.cloudFormation.pollsPerStep = 100;
  rig.aws.cloudFormation.leave('database', 'UPDATE_IN_PROGRESS');
  await rig.export({}, { now: NOW });
  const { beforeRecreation, byHand } = exported();
  expect(beforeRecreation.slice(0, 2)).toEqual([
    'app is in UPDATE_ROLLBACK_FAILED: it may not have all that its template says.',
    'database is being worked on (UPDATE_IN_PROGRESS): this may be out of date. Export again when that has ended.',
  ]);
  expect(byHand[0]).toMatch(/^database: what was changed by hand is not known, or not all of it: /);
});

test('values without a recipient, or for one that is none, are refused before the first call', async () => {
  const wrong = `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`;
  await expect(rig.export({ includeSecretValues: true })).rejects.toThrow('--includeSecretValues needs --recipient');
  await expect(rig.export({ includeSecretValues: true, recipient: 'me@example.com' })).rejects.toThrow('is not an age');
  await expect(rig.export({ includeSecretValues: true, recipient: wrong })).rejects.toThrow(
    'not a valid age recipient',
  );
  await expect(rig.export({ recipient })).rejects.toThrow('no effect without --includeSecretValues');
  expect(rig.aws.calls).toEqual([]);
  expect(secrets.calls).toEqual([]);
});

/** A value as it may be written: as it is, in JSON, encoded for a URL, in base64 at each offset, in hexadecimal. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(offset === 0 ? 0 : 4)
      .replace(/.{0,3}=*$/, ''),
  );
  return [
    value,
    bytes.toString('latin1'),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    new URLSearchParams({ v: value }).toString().slice(2),
    bytes.toString('hex'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}
