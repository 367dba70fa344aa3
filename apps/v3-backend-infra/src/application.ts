import { Naming } from '@v3-backend/core';
import { AlbStack } from '@v3-backend-infra/stacks/alb';
import { AppSharedStack } from '@v3-backend-infra/stacks/app-shared';
import { ComputeStack } from '@v3-backend-infra/stacks/compute';
import { ComputeMonolithStack, type ComputeMonolithStackProps } from '@v3-backend-infra/stacks/compute-monolith';
import type { App } from 'aws-cdk-lib';

/** The stacks that have the load balancer, the shared resources and the services: three, or one that is all of them. */
export interface ApplicationStacks {
  readonly alb: AlbStack | ComputeMonolithStack;
  readonly appShared: AppSharedStack | ComputeMonolithStack;
  readonly compute: ComputeStack | ComputeMonolithStack;
}

/**
 * Adds the stacks of the application in the layout that the configuration names.
 *
 * @param props what any of them needs of the stacks before.
 */
export function composeApplication(app: App, props: ComputeMonolithStackProps): ApplicationStacks {
  return props.config.computeLayout === 'monolithic' ? inOneStack(app, props) : inThreeStacks(app, props);
}

function inOneStack(app: App, props: ComputeMonolithStackProps): ApplicationStacks {
  const naming = new Naming({ environment: props.config.environment });
  const monolith = new ComputeMonolithStack(app, naming.stackName('compute-monolith'), props);
  return { alb: monolith, appShared: monolith, compute: monolith };
}

function inThreeStacks(app: App, props: ComputeMonolithStackProps): ApplicationStacks {
  const naming = new Naming({ environment: props.config.environment });
  const isDirect = props.config.crossStackReferences === 'direct';
  const alb = new AlbStack(app, naming.stackName('alb'), props);
  const appShared = new AppSharedStack(app, naming.stackName('app-shared'), props);
  const compute = new ComputeStack(app, naming.stackName('compute'), {
    ...props,
    loadBalancer: isDirect ? alb.loadBalancer : undefined,
    appShared: isDirect ? appShared.appShared : undefined,
  });
  return { alb, appShared, compute };
}
