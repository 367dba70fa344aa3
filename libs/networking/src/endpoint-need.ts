/** Something that tasks need AWS services for, and the interface endpoints through which they reach these without NAT. */
export class EndpointNeed {
  /** To start a Fargate task: its image from ECR (whose layers are in S3), and its log to CloudWatch Logs. */
  public static readonly FARGATE_TASKS = new EndpointNeed(['ecr.api', 'ecr.dkr', 'logs']);
  /** Secrets in Secrets Manager, also those of a container definition. */
  public static readonly SECRETS = new EndpointNeed(['secretsmanager']);
  /** Parameters in SSM, also those of a container definition. */
  public static readonly PARAMETERS = new EndpointNeed(['ssm']);
  /** Own calls of KMS; what other services decrypt with customer-managed keys needs none. */
  public static readonly ENCRYPTION = new EndpointNeed(['kms']);
  /** To execute commands in running containers (`aws ecs execute-command`). */
  public static readonly EXECUTE_COMMAND = new EndpointNeed(['ssmmessages']);
  /** Queues in SQS. */
  public static readonly QUEUES = new EndpointNeed(['sqs']);
  /** Topics in SNS. */
  public static readonly TOPICS = new EndpointNeed(['sns']);
  /** Events on event buses. */
  public static readonly EVENTS = new EndpointNeed(['events']);
  /** Own metrics in CloudWatch. */
  public static readonly METRICS = new EndpointNeed(['monitoring']);
  /** Traces in X-Ray. */
  public static readonly TRACES = new EndpointNeed(['xray']);
  /** Roles that are assumed, also by tokens. */
  public static readonly ROLES = new EndpointNeed(['sts']);

  /**
   * Another need.
   *
   * @param services names of the endpoints' services after `com.amazonaws.{region}.`, e.g. `bedrock-runtime`.
   */
  public static of(...services: string[]): EndpointNeed {
    return new EndpointNeed(services);
  }

  private constructor(
    /** The services, by their endpoints' names after `com.amazonaws.{region}.`. */
    public readonly services: string[],
  ) {}
}
