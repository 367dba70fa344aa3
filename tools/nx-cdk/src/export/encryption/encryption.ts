import { AgeEncryption, ageDecrypt, isAge } from './age';
import { gpgDecrypt, GpgEncryption, isFingerprint } from './gpg';

/** Encrypts for one recipient. */
export interface Encryption {
  /** Of the file, without a dot. */
  readonly extension: 'age' | 'gpg';
  /** What makes it unusable, found out without encrypting anything; undefined when nothing does. */
  problem(): Promise<string | undefined>;
  /** Never writes what it is given anywhere. */
  encrypt(content: Uint8Array): Promise<Uint8Array>;
}

/** The encryption for a recipient; undefined where it is none. */
export function encryptionFor(recipient: string): Encryption | undefined {
  if (recipient.startsWith('age1')) return new AgeEncryption(recipient);
  return isFingerprint(recipient) ? new GpgEncryption(recipient) : undefined;
}

/** What a recipient may be, for messages. */
export const RECIPIENTS =
  'an age recipient (age1…), or the fingerprint of an OpenPGP key that gpg has (40 hexadecimal digits)';

/**
 * Decrypts in memory.
 *
 * @param identity content of an age identity file; undefined for OpenPGP, whose keys gpg has.
 * @throws Error with what is missing or wrong.
 */
export async function decrypt(content: Uint8Array, identity: string | undefined): Promise<Uint8Array> {
  if (!isAge(content)) return gpgDecrypt(content);
  if (identity === undefined) {
    throw new Error('The file is encrypted with age. Say where the key is: --identity=<file>.');
  }
  return ageDecrypt(content, identity);
}
