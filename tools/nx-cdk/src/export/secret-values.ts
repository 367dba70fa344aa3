import { z } from 'zod';
import type { Origin } from './environment-export';

/** A secret's value: text, or bytes as base64. */
export type SecretValue = { readonly text: string } | { readonly base64: string };

/** A secret with its value. */
export interface ValuedSecret extends Origin {
  readonly name: string;
  readonly value: SecretValue;
}

/** The values of an environment's secrets. It exists in memory, and encrypted; nowhere else. */
export interface SecretValues {
  readonly format: 'nx-cdk-secrets/1';
  readonly environment: string;
  readonly account: string;
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  readonly secrets: readonly ValuedSecret[];
}

const schema = z.strictObject({
  format: z.literal('nx-cdk-secrets/1'),
  environment: z.string(),
  account: z.string(),
  exportedAt: z.string(),
  secrets: z.array(
    z.strictObject({
      stack: z.string(),
      logicalId: z.string(),
      name: z.string(),
      value: z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.base64() })]),
    }),
  ),
}) satisfies z.ZodType<SecretValues>;

/** The bytes to encrypt. */
export const formatSecretValues = (values: SecretValues): Uint8Array => Buffer.from(JSON.stringify(values));

/**
 * Reads what was decrypted. Undefined where it is something else: the reason would have to speak of the content, and the
 * content is secret.
 */
export function parseSecretValues(bytes: Uint8Array): SecretValues | undefined {
  try {
    const { success, data } = schema.safeParse(JSON.parse(Buffer.from(bytes).toString()));
    return success ? data : undefined;
  } catch {
    return undefined;
  }
}
