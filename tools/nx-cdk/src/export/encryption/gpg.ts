import { spawn } from 'node:child_process';
import type { Encryption } from './encryption';

/** Whether a text is the fingerprint of an OpenPGP key. Names and short ids are refused: others may have the same. */
export const isFingerprint = (text: string): boolean => /^([0-9A-F]{40}|[0-9A-F]{64})$/i.test(text);

/** OpenPGP, by the `gpg` that is installed. What is encrypted goes through pipes, not files. */
export class GpgEncryption implements Encryption {
  public readonly extension = 'gpg';

  public constructor(private readonly fingerprint: string) {}

  public async problem(): Promise<string | undefined> {
    try {
      await gpg(['--batch', '--list-keys', this.fingerprint]);
      return undefined;
    } catch (error) {
      if (error instanceof GpgMissing) return error.message;
      return `gpg has no key ${this.fingerprint}. Import it (gpg --import <file>), or give another recipient.`;
    }
  }

  public encrypt(content: Uint8Array): Promise<Uint8Array> {
    // The fingerprint says which key is meant, so it needs no signatures to be trusted.
    return gpg(['--batch', '--quiet', '--trust-model', 'always', '--encrypt', '-r', this.fingerprint], content);
  }
}

/** @throws Error with gpg's own words. */
export const gpgDecrypt = (content: Uint8Array): Promise<Uint8Array> => gpg(['--quiet', '--decrypt'], content);

class GpgMissing extends Error {}

/** @throws Error with gpg's own words, or GpgMissing. */
function gpg(words: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn('gpg', words, { stdio: 'pipe', env: process.env });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.on('error', () =>
      reject(
        new GpgMissing('There is no gpg on this machine. Install GnuPG, or use age, which needs nothing installed.'),
      ),
    );
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new Error(`gpg failed: ${Buffer.concat(complaints).toString().trim()}`));
    });
    // It may end without reading everything; what it says tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
