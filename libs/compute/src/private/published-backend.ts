import type { SsmContract } from '@v3-backend/core';
import { Construct } from 'constructs';
import type { IFargateBackend } from '../fargate-backend-attributes';

/** A backend whose names are read from SSM, each at its first use. */
export class PublishedBackend extends Construct implements IFargateBackend {
  constructor(
    scope: Construct,
    id: string,
    private readonly contract: SsmContract,
  ) {
    super(scope, id);
  }

  public get clusterName(): string {
    return this.contract.read(this, 'clusterName');
  }
  public get clusterArn(): string {
    return this.contract.read(this, 'clusterArn');
  }
  public get apiServiceName(): string {
    return this.contract.read(this, 'apiServiceName');
  }
  public get workerServiceName(): string {
    return this.contract.read(this, 'workerServiceName');
  }
  public get schedulerServiceName(): string {
    return this.contract.read(this, 'schedulerServiceName');
  }
  public get apiTaskDefinitionFamily(): string {
    return this.contract.read(this, 'apiTaskDefinitionFamily');
  }
  public get workerTaskDefinitionFamily(): string {
    return this.contract.read(this, 'workerTaskDefinitionFamily');
  }
  public get schedulerTaskDefinitionFamily(): string {
    return this.contract.read(this, 'schedulerTaskDefinitionFamily');
  }
  public get migrationTaskDefinitionFamily(): string {
    return this.contract.read(this, 'migrationTaskDefinitionFamily');
  }
  public get namespaceName(): string {
    return this.contract.read(this, 'namespaceName');
  }
  public get namespaceId(): string {
    return this.contract.read(this, 'namespaceId');
  }
  public get currentImageTag(): string {
    return this.contract.read(this, 'currentImageTag');
  }
}
