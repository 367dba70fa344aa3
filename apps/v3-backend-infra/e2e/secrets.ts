import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Endpoint } from './endpoint';

/** The values of the secrets at a local endpoint, asked for without any code of the deploy engine. */
export class Secrets {
  private readonly secretsManager: SecretsManagerClient;
  private readonly cloudFormation: CloudFormationClient;

  constructor(
    port: number,
    private readonly endpoint: Endpoint,
  ) {
    const config = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    this.secretsManager = new SecretsManagerClient(config);
    this.cloudFormation = new CloudFormationClient(config);
  }

  /** By logical id without its hash, e.g. `DatabaseCredentials`. */
  public async values(): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const [name, arn] of Object.entries(await this.arns())) {
      const { SecretString } = await this.secretsManager.send(new GetSecretValueCommand({ SecretId: arn }));
      values[name] = SecretString!;
    }
    return values;
  }

  /** Gives one a value, as a person would. */
  public async put(name: string, value: string): Promise<void> {
    const arns = await this.arns();
    await this.secretsManager.send(new PutSecretValueCommand({ SecretId: arns[name]!, SecretString: value }));
  }

  private async arns(): Promise<Record<string, string>> {
    const arns: Record<string, string> = {};
    for (const { StackName } of await this.endpoint.stacks()) {
      for await (const page of paginateListStackResources({ client: this.cloudFormation }, { StackName })) {
        for (const { ResourceType, LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
          if (ResourceType !== 'AWS::SecretsManager::Secret') continue;
          arns[LogicalResourceId!.replace(/[0-9A-F]{8}$/, '')] = PhysicalResourceId!;
        }
      }
    }
    return arns;
  }
}
