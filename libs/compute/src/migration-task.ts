import { PropsValidation } from '@v3-backend/core';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { createTask, type TaskInput, validateTask } from './private/task';
import type { TaskOptions, TaskSettings } from './task-options';

/** Properties of a `MigrationTask`. */
export interface MigrationTaskProps extends TaskSettings, TaskOptions {}

/**
 * The task that migrates the database's schema: the services' image, told `SERVICE=migration`.
 * Something must run it: `MigrationRun`, or whoever deploys.
 */
export class MigrationTask extends Construct {
  /** The task definition; its one container is named `migration`. */
  public readonly taskDefinition: ecs.FargateTaskDefinition;

  /** @throws when a prop is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: MigrationTaskProps) {
    super(scope, id);
    const input: TaskInput = { name: 'migration', settings: props, options: props };
    const validation = new PropsValidation(this);
    validateTask(validation, input);
    validation.throwIfInvalid();
    this.taskDefinition = createTask(this, input);
  }
}
