import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { armor, Decrypter, generateHybridIdentity, generateIdentity, identityToRecipient } from 'age-encryption';
import { decrypt, encryptionFor } from './encryption';

const CONTENT = Buffer.from('secret content');
const FINGERPRINT = 'A'.repeat(40);
const env = { ...process.env };

afterEach(() => {
  process.env = { ...env };
});

describe('age', () => {
  test.each([
    ['a key', generateIdentity],
    ['a post-quantum key', generateHybridIdentity],
  ])('what is encrypted for %s is decrypted with it, and by nobody else', async (_what, generate) => {
    const identity = await generate();
    const encryption = encryptionFor(await identityToRecipient(identity))!;
    expect([encryption.extension, await encryption.problem()]).toEqual(['age', undefined]);
    const encrypted = await encryption.encrypt(CONTENT);
    expect(Buffer.from(encrypted).includes(CONTENT)).toBe(false);
    expect(Buffer.from(await decrypt(encrypted, identity))).toEqual(CONTENT);
    await expect(decrypt(encrypted, await generate())).rejects.toThrow('it is for another key, or it was changed');
  });

  test('it is the age format: another implementation’s reader, and armored files, work', async () => {
    const identity = await generateIdentity();
    const encrypted = await encryptionFor(await identityToRecipient(identity))!.encrypt(CONTENT);
    const reader = new Decrypter();
    reader.addIdentity(identity);
    expect(await reader.decrypt(encrypted, 'text')).toBe(CONTENT.toString());
    expect(Buffer.from(await decrypt(Buffer.from(armor.encode(encrypted)), identity))).toEqual(CONTENT);
  });

  test('a file that was cut off is refused', async () => {
    const identity = await generateIdentity();
    const encrypted = await encryptionFor(await identityToRecipient(identity))!.encrypt(CONTENT);
    await expect(decrypt(encrypted.subarray(0, -1), identity)).rejects.toThrow('cannot be decrypted');
  });
});

test.each(['me@example.com', 'DEADBEEF', '0123456789ABCDEF', 'ssh-ed25519 AAAA', 'AGE-SECRET-KEY-1X', ''])(
  '%s is no recipient: it may be several people’s, or nobody’s',
  (text) => expect(encryptionFor(text)).toBeUndefined(),
);

describe('OpenPGP', () => {
  test('without gpg it says what to do', async () => {
    process.env['PATH'] = '/nonexistent';
    expect(await encryptionFor(FINGERPRINT)!.problem()).toMatch(/^There is no gpg on this machine. Install GnuPG, or/);
  });

  const hasGpg = spawnSync('gpg', ['--version']).status === 0;
  (hasGpg ? test : test.skip)(
    'what is encrypted for a key of gpg is decrypted by it; unknown keys are named',
    async () => {
      const home = mkdtempSync(join(tmpdir(), 'nx-cdk-gpg-'));
      process.env['GNUPGHOME'] = home;
      try {
        const batch = ['--batch', '--quiet', '--passphrase', '', '--quick-generate-key', 'test@example.com'];
        execFileSync('gpg', [...batch, 'future-default', 'default', 'never'], { stdio: 'ignore', env: process.env });
        const keys = execFileSync('gpg', ['--list-keys', '--with-colons'], {
          encoding: 'utf8',
          env: process.env,
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        const encryption = encryptionFor(/^fpr:+([0-9A-F]+):/m.exec(keys)![1]!)!;
        expect([encryption.extension, await encryption.problem()]).toEqual(['gpg', undefined]);
        expect(await encryptionFor(FINGERPRINT)!.problem()).toMatch(`gpg has no key ${FINGERPRINT}.`);
        const encrypted = await encryption.encrypt(CONTENT);
        expect(Buffer.from(encrypted).includes(CONTENT)).toBe(false);
        expect(Buffer.from(await decrypt(encrypted, undefined))).toEqual(CONTENT);
        await expect(decrypt(Buffer.from('nonsense'), undefined)).rejects.toThrow(/^gpg failed: /);
      } finally {
        spawnSync('gpgconf', ['--kill', 'all'], { env: process.env });
        rmSync(home, { recursive: true, force: true });
      }
    },
  );
});
