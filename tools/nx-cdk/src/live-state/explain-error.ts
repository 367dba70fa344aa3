/** By the error's name or code: what it means here and what to do. */
const EXPLANATIONS: readonly [RegExp, string][] = [
  [
    /^CredentialsProviderError$/,
    'There are no AWS credentials. Log in, or set AWS_PROFILE, and run the same command again.',
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    'The AWS credentials have expired. Log in and run the same command again: it continues where this run ended.',
  ],
  [
    /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException)$/,
    'AWS does not know the credentials. Log in and run the same command again.',
  ],
  [/^(AccessDenied|AccessDeniedException)$/, 'The credentials are not allowed to do this.'],
  [
    /^(Throttling|ThrottlingException|TooManyRequestsException)$/,
    'AWS throttles the requests, also after several attempts. Run again with a lower --concurrency.',
  ],
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|TimeoutError)$/,
    'AWS, or the local endpoint, cannot be reached any more. Check the network, and run the same command again: it ' +
      'continues where this run ended.',
  ],
];

/** An error of the AWS SDK as a person needs it: what it means and what to do, then the original words. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const original = error.message || String(code ?? error.name);
  const meaning = meaningOf(error);
  return meaning ? `${meaning} (${original})` : original;
}

/** The CDK toolkit wraps the SDK's errors in its own, with only the text of theirs. */
function meaningOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  const known = EXPLANATIONS.find(([names]) => names.test(error.name) || names.test(String(code)));
  return known ? known[1] : meaningOf(error.cause);
}
