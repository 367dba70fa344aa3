import { DescribeTypeCommand, GetStackPolicyCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { RetryListener } from '../live-state/aws-call';
import { ClientCache } from '../live-state/aws-clients';
import type { Place } from '../live-state/live-state';

/** What only a migration asks CloudFormation. It changes nothing. */
export interface MigrationReads {
  /** A stack's template as it is kept, JSON or YAML. */
  templateText(stackName: string, place: Place): Promise<string>;
  /** Whether a stack has a stack policy; undefined where that must not be read. */
  hasStackPolicy(stackName: string, place: Place): Promise<boolean | undefined>;
  /** E.g. `FULLY_MUTABLE`; undefined where that must not be read, or nothing is known of the type. */
  provisioningType(type: string, place: Place): Promise<string | undefined>;
}

/** Asks with the SDK. */
export class AwsMigrationReads implements MigrationReads {
  private readonly clients: ClientCache;

  public constructor(onRetry?: RetryListener) {
    this.clients = new ClientCache(onRetry);
  }

  public async templateText(StackName: string, place: Place): Promise<string> {
    const { cloudFormation } = await this.clients.at(place);
    const { TemplateBody } = await cloudFormation.send(
      new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
    );
    return TemplateBody ?? '';
  }

  public async hasStackPolicy(StackName: string, place: Place): Promise<boolean | undefined> {
    const { cloudFormation } = await this.clients.at(place);
    return ifAnswered(async () => {
      const { StackPolicyBody } = await cloudFormation.send(new GetStackPolicyCommand({ StackName }));
      return (StackPolicyBody ?? '') !== '';
    });
  }

  public async provisioningType(TypeName: string, place: Place): Promise<string | undefined> {
    const { cloudFormation } = await this.clients.at(place);
    return ifAnswered(async () => {
      const { ProvisioningType } = await cloudFormation.send(new DescribeTypeCommand({ Type: 'RESOURCE', TypeName }));
      return ProvisioningType;
    });
  }
}

/** Answers that say that the question must not, or cannot, be asked. */
const UNANSWERED =
  /^(AccessDenied|UnauthorizedOperation|InvalidAction|UnknownOperation|TypeNotFound|CFNRegistry|NotImplemented)/;

async function ifAnswered<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && UNANSWERED.test(error.name)) return undefined;
    throw error;
  }
}
