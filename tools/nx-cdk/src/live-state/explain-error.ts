import { callOf, isThrottled, nameOfCall } from './aws-call';

/** By the error's name or code: what it means here and what to do. */
const EXPLANATIONS: readonly [RegExp, string][] = [
  [
    /^CredentialsProviderError$/,
    'There are no AWS credentials. Log in, or set AWS_PROFILE, and run the same command again.',
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    'The AWS credentials have expired. Log in and run the same command again: it continues where this run ended, and ' +
      'follows what CloudFormation is still doing.',
  ],
  [
    /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException)$/,
    'AWS does not know the credentials. Log in and run the same command again. If they work in other regions, this one ' +
      'is not enabled for the account.',
  ],
  [/^(AccessDenied|AccessDeniedException)$/, 'The credentials are not allowed to do this.'],
  [
    /^ENOTFOUND$/,
    'AWS has no such host. Check the region that the app is configured with; if that is right, check the network, and ' +
      'run the same command again.',
  ],
  [
    /^(ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|EPIPE|TimeoutError)$/,
    'AWS, or the local endpoint, cannot be reached any more. Check the network, and run the same command again: it ' +
      'continues where this run ended.',
  ],
];

const THROTTLED =
  'AWS throttles the requests, also after several attempts. Run the same command again with a lower --concurrency: it ' +
  'continues where this run ended.';

const SERVER_ERROR =
  'AWS could not answer, also after several attempts. Run the same command again: it continues where this run ended.';

/** An error of the AWS SDK as a person needs it: what it means and what to do, then the call and the original words. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const original = error.message || String(codeOf(error) ?? error.name);
  const causes = [...withCauses(error)];
  const meaning = causes.map(meaningOf).find((text) => text !== undefined);
  if (meaning === undefined) return original;
  const call = causes.map(callOf).find((known) => known !== undefined);
  return `${meaning} (${call ? `${nameOfCall(call)}: ` : ''}${original})`;
}

/** The CDK toolkit wraps the SDK's errors in its own, with only the text of theirs. */
function* withCauses(error: unknown): Generator<Error> {
  for (let current = error; current instanceof Error; current = current.cause) yield current;
}

function meaningOf(error: Error): string | undefined {
  if (isThrottled(error)) return THROTTLED;
  const known = EXPLANATIONS.find(([names]) => names.test(error.name) || names.test(String(codeOf(error))));
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return known?.[1] ?? (($metadata?.httpStatusCode ?? 0) >= 500 ? SERVER_ERROR : undefined);
}

const codeOf = (error: Error) => (error as { code?: unknown }).code;
