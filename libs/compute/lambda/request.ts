/** What the construct tells the functions; CloudFormation hands every single value on as a string. */
export interface RunProperties {
  /** ARN of the cluster. */
  readonly Cluster: string;
  /** ARN of the task definition, with its revision. */
  readonly TaskDefinition: string;
  /** The task definition's family. */
  readonly Family: string;
  /** Name of the container whose exit code decides. */
  readonly Container: string;
  readonly Subnets: string[];
  readonly SecurityGroup: string;
  /** Where the container's output goes; its streams start with the container's name. */
  readonly LogGroup: string;
  /** After how many seconds the task is stopped. */
  readonly TimeoutSeconds: string;
}

/** What CloudFormation asks of the custom resource. */
export interface RunRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** A UUID, the same when the request is delivered again. */
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: RunProperties;
  readonly OldResourceProperties?: Partial<RunProperties>;
}

/** What is passed on from the start to the polls. */
export interface StartedRun {
  readonly TaskArn: string;
  /** When the task is stopped, in milliseconds since 1970. */
  readonly Deadline: number;
}

/** A request that was answered by the start; without a run, where none was called for. */
export interface PolledRequest extends RunRequest {
  readonly Run?: StartedRun;
}
