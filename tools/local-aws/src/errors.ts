/** A problem of the user's machine or input: its message says what is wrong and what to do, and needs no stack trace. */
export class LocalAwsError extends Error {
  override readonly name = 'LocalAwsError';
}
