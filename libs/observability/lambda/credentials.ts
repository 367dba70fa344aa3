import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** How Grafana Cloud knows the sender. */
export interface Credentials {
  readonly username: string;
  readonly apiKey: string;
}

/** The credentials, read from Secrets Manager once and again after `forget`. */
export class CredentialsSource {
  private credentials: Promise<Credentials> | undefined;

  constructor(
    private readonly client: SecretsManagerClient,
    private readonly secretArn: string,
  ) {}

  /** @throws when the secret cannot be read, or is not JSON with `username` and `apiKey`. */
  public get(): Promise<Credentials> {
    this.credentials ??= this.read().catch((error: unknown) => {
      this.forget();
      throw error;
    });
    return this.credentials;
  }

  /** The receiver refused the credentials: perhaps they were changed. */
  public forget(): void {
    this.credentials = undefined;
  }

  private async read(): Promise<Credentials> {
    const { SecretString } = await this.client.send(new GetSecretValueCommand({ SecretId: this.secretArn }));
    const { username, apiKey } = parse(SecretString);
    if (typeof username !== 'string' || typeof apiKey !== 'string') {
      throw new Error(
        `The secret ${this.secretArn} must be JSON with the strings "username" and "apiKey". ` +
          'Write it with: aws secretsmanager put-secret-value',
      );
    }
    return { username, apiKey };
  }
}

function parse(text: string | undefined): { username?: unknown; apiKey?: unknown } {
  try {
    return JSON.parse(text ?? '{}') ?? {};
  } catch {
    // The parser's message quotes the text, which is a secret.
    return {};
  }
}
