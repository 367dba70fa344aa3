/** A running backend, as other stacks know it: by names only, none of which changes with a deployment. */
export interface IFargateBackend {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** ARN of the cluster. */
  readonly clusterArn: string;
  /** Name of the API's service. */
  readonly apiServiceName: string;
  /** Name of the worker's service. */
  readonly workerServiceName: string;
  /** Name of the scheduler's service. */
  readonly schedulerServiceName: string;
  /** Family of the API's task definitions. */
  readonly apiTaskDefinitionFamily: string;
  /** Family of the worker's task definitions. */
  readonly workerTaskDefinitionFamily: string;
  /** Family of the scheduler's task definitions. */
  readonly schedulerTaskDefinitionFamily: string;
  /** Family of the migration's task definitions. */
  readonly migrationTaskDefinitionFamily: string;
  /** Domain under which the services find each other. */
  readonly namespaceName: string;
  /** Id of the Cloud Map namespace. */
  readonly namespaceId: string;
  /** Tag of the image that the services run. */
  readonly currentImageTag: string;
}

/** What is known of a backend that another stack owns. */
export interface FargateBackendAttributes {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** ARN of the cluster. */
  readonly clusterArn: string;
  /** Name of the API's service. */
  readonly apiServiceName: string;
  /** Name of the worker's service. */
  readonly workerServiceName: string;
  /** Name of the scheduler's service. */
  readonly schedulerServiceName: string;
  /** Family of the API's task definitions. */
  readonly apiTaskDefinitionFamily: string;
  /** Family of the worker's task definitions. */
  readonly workerTaskDefinitionFamily: string;
  /** Family of the scheduler's task definitions. */
  readonly schedulerTaskDefinitionFamily: string;
  /** Family of the migration's task definitions. */
  readonly migrationTaskDefinitionFamily: string;
  /** Domain under which the services find each other. */
  readonly namespaceName: string;
  /** Id of the Cloud Map namespace. */
  readonly namespaceId: string;
  /** Tag of the image that the services run. */
  readonly currentImageTag: string;
}
