import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { TemplateResource } from '../assembly/template';
import { hurry } from '../testing/hurry';
import { ScriptedSecrets } from '../testing/scripted/scripted-secrets';
import { TestRig } from '../testing/test-rig';

hurry();

const FILE = 'dist/export/test/20260102T030405Z.secrets.age';
const IDENTITY = 'key.txt';
const secret: TemplateResource = { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } };
const attachment: TemplateResource = {
  Type: 'AWS::SecretsManager::SecretTargetAttachment',
  Properties: { SecretId: { Ref: 'Password' } },
};

let rig: TestRig;
let secrets: ScriptedSecrets;
const valueOf = (id: string) => secrets.secrets.get(`physical-${id}`)?.value;
const restore = (options: object = {}) =>
  rig.importSecrets({ file: FILE, identity: IDENTITY, confirm: 'test', ...options });

beforeEach(async () => {
  rig = await TestRig.start({ app: { resources: { Token: secret, Password: secret, Attachment: attachment } } });
  secrets = new ScriptedSecrets();
  rig.aws.services.set('secretsmanager', secrets.service);
  await rig.deploy();
  secrets.secrets.set('physical-Token', { name: 'token', value: 'former token' });
  secrets.secrets.set('physical-Password', { name: 'password', value: 'former password' });
  const identity = await generateIdentity();
  writeFileSync(join(rig.workspace.root, IDENTITY), `# a comment\n\n${identity}\n`);
  const recipient = await identityToRecipient(identity);
  await rig.export({ includeSecretValues: true, recipient }, { now: new Date('2026-01-02T03:04:05Z') });
  // The recreated environment has other values.
  secrets.secrets.set('physical-Token', { name: 'token', value: 'new token' });
  secrets.secrets.set('physical-Password', { name: 'password', value: 'new password' });
  secrets.calls.length = 0;
});

afterEach(() => rig.stop());

const writes = () => secrets.calls.filter((call) => call.startsWith('Put'));

test('secrets get their former values, but not those that a new database does not know; again, nothing is written', async () => {
  const said = await restore();
  expect([valueOf('Token'), valueOf('Password')]).toEqual(['former token', 'new password']);
  expect(said).toEqual([
    expect.stringMatching(
      /^app\/Password stays as it is: a database was created with its value .* --overwrite=app\/Password\.$/,
    ),
    'app/Token is written: it gets its former value.',
    expect.stringContaining('test: 1 secrets written.'),
  ]);
  expect(await restore()).toContain('app/Token stays as it is: it has this value already.');
  expect(writes()).toHaveLength(1);
  expect(rig.aws.parameters.has('/nx-cdk/app/test/lock')).toBe(false);
});

test('a dry run says the same and writes nothing, without a confirmation', async () => {
  const said = await restore({ dryRun: true, confirm: undefined });
  expect(said).toContain('app/Token would be written: it gets its former value.');
  expect(writes()).toEqual([]);
});

test('a database’s password is written only when it is named', async () => {
  await restore({ overwrite: 'app/Password' });
  expect(valueOf('Password')).toBe('former password');
  await expect(restore({ overwrite: 'app/Pasword' })).rejects.toThrow(
    '--overwrite=app/Pasword: there is no such secret. There are app/Password, app/Token.',
  );
});

test('nothing is written without the environment’s name, or while somebody works on it', async () => {
  await expect(restore({ confirm: undefined })).rejects.toThrow('Nothing is written without --confirm=test.');
  await expect(restore({ confirm: 'tset' })).rejects.toThrow(
    "--confirm=tset is not the environment's name. It is test.",
  );
  rig.aws.parameters.set('/nx-cdk/app/test/lock', JSON.stringify({ user: 'ann', host: 'elsewhere' }));
  await expect(restore()).rejects.toThrow(/lock/i);
  expect(writes()).toEqual([]);
});

test('a file of another environment, and one that was changed, are refused before the first call', async () => {
  await expect(
    rig.importSecrets({ file: FILE, identity: IDENTITY, confirm: 'production' }, { environment: 'production' }),
  ).rejects.toThrow('The file has the secrets of test, not of production.');
  appendFileSync(join(rig.workspace.root, FILE), 'x');
  await expect(restore()).rejects.toThrow('its checksum is not the one in 20260102T030405Z.sha256');
  rmSync(join(rig.workspace.root, FILE.replace('.secrets.age', '.sha256')));
  await expect(restore()).rejects.toThrow('cannot be decrypted');
  expect(rig.aws.calls).toEqual([]);
});

test('what is missing is told at once: file, key, confirmation', async () => {
  await expect(rig.importSecrets({ file: 'none.age', identity: 'none.txt' })).rejects.toThrow(
    /--confirm=test.*\n--file=none.age cannot be read\.\n--identity=none.txt cannot be read\./,
  );
  await expect(rig.importSecrets({ confirm: 'test' })).rejects.toThrow('--file=<the encrypted file');
  await expect(restore({ identity: undefined })).rejects.toThrow('Say where the key is: --identity=<file>');
  writeFileSync(join(rig.workspace.root, IDENTITY), await generateIdentity());
  await expect(restore()).rejects.toThrow('it is for another key, or it was changed');
  writeFileSync(join(rig.workspace.root, IDENTITY), 'AGE-SECRET-KEY-1MISTYPED');
  await expect(restore()).rejects.toThrow('has a line that is no age key');
});
