import type { Encryption } from './encryption';

/** How every age file begins; `-----BEGIN AGE…` where it is armored. */
const BEGINNINGS = ['age-encryption.org/v1', '-----BEGIN AGE ENCRYPTED FILE-----'];

/** Whether a file is encrypted with age. */
export function isAge(content: Uint8Array): boolean {
  const beginning = Buffer.from(content.subarray(0, 64)).toString('latin1');
  return BEGINNINGS.some((text) => beginning.startsWith(text));
}

/** age (https://age-encryption.org), in this process. */
export class AgeEncryption implements Encryption {
  public readonly extension = 'age';

  public constructor(private readonly recipient: string) {}

  public async problem(): Promise<string | undefined> {
    try {
      await this.encrypter();
      return undefined;
    } catch {
      return `${this.recipient} is not a valid age recipient: a letter may be missing or mistyped.`;
    }
  }

  public async encrypt(content: Uint8Array): Promise<Uint8Array> {
    return (await this.encrypter()).encrypt(content);
  }

  private async encrypter() {
    const { Encrypter } = await import('age-encryption');
    const encrypter = new Encrypter();
    encrypter.addRecipient(this.recipient);
    return encrypter;
  }
}

/**
 * @param identity content of an identity file: lines with keys, empty ones, and comments.
 * @throws Error when there is no key in it, or none that fits.
 */
export async function ageDecrypt(content: Uint8Array, identity: string): Promise<Uint8Array> {
  const { armor, Decrypter } = await import('age-encryption');
  const keys = identity
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const decrypter = new Decrypter();
  try {
    for (const key of keys) decrypter.addIdentity(key);
  } catch {
    // The library's message may quote the line.
    throw new Error('The identity file has a line that is no age key (AGE-SECRET-KEY-1…).');
  }
  if (keys.length === 0) throw new Error('The identity file has no age key (AGE-SECRET-KEY-1…).');
  const binary = content[0] === BEGINNINGS[1]!.charCodeAt(0) ? armor.decode(Buffer.from(content).toString()) : content;
  try {
    return await decrypter.decrypt(binary);
  } catch {
    throw new Error('The file cannot be decrypted: it is for another key, or it was changed.');
  }
}
