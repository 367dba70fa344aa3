import type { AssembledStack } from '../assembly/assembly';
import type { TemplateResource } from '../assembly/template';
import type { Check, Finding, Patient } from '../doctor/check';
import type { Facts } from '../doctor/facts';
import { TestWorkspace } from './assembly-builder';
import { buildStackGraph } from '../stack-graph/stack-graph';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';

/** What differs from an environment with which all is well. */
export interface Symptoms {
  readonly facts?: Partial<Facts>;
  readonly resources?: Readonly<Record<string, TemplateResource>>;
  readonly deployRole?: string;
}

/** An environment of one stack, `web`, which is not deployed yet, in an account with which all is well. */
export function patientWith({ facts, resources = {}, deployRole }: Symptoms): Patient {
  const workspace = new TestWorkspace();
  try {
    const stack: AssembledStack = {
      id: 'web',
      hierarchicalId: 'web',
      stackName: 'web',
      account: ACCOUNT,
      region: REGION,
      template: { Resources: resources },
      templateFile: '',
      tags: {},
      terminationProtection: false,
      dependencies: [],
    };
    const app = { ...workspace.app, config: { ...workspace.app.config, deployRole } };
    const assembly = { directory: '', stacks: [stack], missing: [], withoutEnvironment: [] };
    return {
      workspaceRoot: workspace.root,
      app,
      environment: 'test',
      graph: buildStackGraph(assembly, app, 'test'),
      stacks: [stack],
      bootstraps: [
        {
          account: ACCOUNT,
          region: REGION,
          qualifier: 'shop',
          version: { needed: 6, parameter: '/cdk-bootstrap/shop/version' },
          roles: [`arn:aws:iam::${ACCOUNT}:role/cdk-shop-deploy`],
          buckets: ['cdk-shop-assets'],
        },
      ],
      facts: { ...HEALTHY, ...facts },
    };
  } finally {
    workspace.remove();
  }
}

/** What a check finds. */
export async function findingsOf(check: Check, symptoms: Symptoms = {}): Promise<readonly Finding[]> {
  return check.run(patientWith(symptoms));
}

const HEALTHY: Facts = {
  identity: () => Promise.resolve({ account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ann` }),
  deployed: () => Promise.resolve(new Set()),
  parameter: () => Promise.resolve('32'),
  lock: () => Promise.resolve(undefined),
  nameServersOf: () => Promise.resolve(undefined),
  bucket: () => Promise.resolve('own'),
  mayAssume: () => Promise.resolve(true),
  trustOf: () => Promise.resolve({ Statement: [] }),
  audiencesOf: () => Promise.resolve(['sts.amazonaws.com']),
  count: () => Promise.resolve(1),
  quota: () => Promise.resolve(5),
};
