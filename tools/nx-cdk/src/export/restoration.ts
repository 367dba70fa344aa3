import type { ExportedSecret } from './environment-export';
import type { SecretValue, ValuedSecret } from './secret-values';
import { compare } from './source';

/** What becomes of one secret. */
export interface Restoration {
  /** How people name it: `<stack>/<logical id>`, or the name it had where it has no counterpart. */
  readonly name: string;
  readonly action: 'write' | 'keep';
  readonly reason: string;
  /** Of one to write. */
  readonly target?: { readonly arn: string; readonly region: string; readonly value: SecretValue };
}

/** A secret that is there, with its present value, which is undefined where it has none. */
export interface PresentSecret extends ExportedSecret {
  readonly value?: SecretValue;
}

/** How people name a secret. */
export const nameOfSecret = ({ stack, logicalId }: { stack: string; logicalId: string }) => `${stack}/${logicalId}`;

/**
 * Decides what becomes of each secret.
 *
 * A former secret is the one of the same stack and logical id, or else the one of the same name. Values that something else
 * has a copy of stay, unless they are named: see `ownerOf`.
 *
 * @param overwrite names of secrets to write all the same.
 */
export function planRestoration(
  former: readonly ValuedSecret[],
  present: readonly PresentSecret[],
  overwrite: readonly string[],
): Restoration[] {
  const restored = former.map((secret): Restoration => {
    const successor = successorOf(secret, present);
    if (!successor) {
      return {
        name: secret.name,
        action: 'keep',
        reason: 'there is no such secret any more; its value is not restored',
      };
    }
    const name = nameOfSecret(successor);
    if (sameValue(secret.value, successor.value)) return { name, action: 'keep', reason: 'it has this value already' };
    if (successor.ownership !== 'own' && !overwrite.includes(name)) {
      return { name, action: 'keep', reason: `${successor.why}. To write it all the same: --overwrite=${name}` };
    }
    const { arn, region } = successor;
    const reason =
      successor.ownership === 'own' ? 'it gets its former value' : `it was named, although ${successor.why}`;
    return { name, action: 'write', reason, target: { arn, region, value: secret.value } };
  });
  const added = present
    .filter((secret) => !former.some((one) => successorOf(one, present) === secret))
    .map((secret): Restoration => ({
      name: nameOfSecret(secret),
      action: 'keep',
      reason: 'it is not in the file',
    }));
  return [...restored, ...added].sort((a, b) => compare(a.name, b.name));
}

/** What is wrong with the secrets that were named. */
export function unknownSecrets(overwrite: readonly string[], present: readonly PresentSecret[]): string[] {
  const known = present.map(nameOfSecret);
  return overwrite
    .filter((name) => !known.includes(name))
    .map((name) => `--overwrite=${name}: there is no such secret. There are ${known.join(', ') || 'none'}.`);
}

function successorOf(former: ValuedSecret, present: readonly PresentSecret[]): PresentSecret | undefined {
  return (
    present.find(({ stack, logicalId }) => stack === former.stack && logicalId === former.logicalId) ??
    present.find(({ name }) => name === former.name)
  );
}

function sameValue(a: SecretValue, b: SecretValue | undefined): boolean {
  if (b === undefined) return false;
  return 'text' in a ? 'text' in b && a.text === b.text : 'base64' in b && a.base64 === b.base64;
}
