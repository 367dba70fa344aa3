/**
 * The files of a workspace that has nothing in common with this one: another layout, another pattern of names, no phases,
 * no libraries, no SSM parameters. Its stacks refer to each other as a new CDK app does by default: weakly, with
 * Fn::GetStackOutput (https://docs.aws.amazon.com/cdk/v2/guide/featureflags.html).
 */
export const GENERIC_APP: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules/\ndist/\n.nx/\n*.tgz\n',

  '.prettierrc': '{ "semi": false }\n',

  'nx.json': JSON.stringify({ plugins: ['@v3-backend/nx-cdk'], analytics: false, neverConnectToCloud: true }),

  'services/orders/project.json': JSON.stringify({ name: 'orders', projectType: 'application' }),

  'services/orders/cdk.json': JSON.stringify({
    app: 'npx tsx bin/orders.ts',
    context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' },
    nxCdk: {
      stackName: '{environment}-orders-{stack}',
      stacks: 'lib',
      environments: { test: { environment: 'test' } },
    },
  }),

  'services/orders/bin/orders.ts': `
import { App } from 'aws-cdk-lib'
import { EventsStack } from '../lib/events/stack'
import { IntakeStack } from '../lib/intake/stack'

const app = new App()
const environment = app.node.getContext('environment')
const env = { account: '123456789012', region: 'eu-west-1' }
const { topic } = new EventsStack(app, \`\${environment}-orders-events\`, { env })
new IntakeStack(app, \`\${environment}-orders-intake\`, { env, topic })
`,

  'services/orders/lib/events/project.json': JSON.stringify({ name: 'orders-events', projectType: 'library' }),

  'services/orders/lib/events/stack.ts': `
import { Stack, type StackProps } from 'aws-cdk-lib'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'

export class EventsStack extends Stack {
  public readonly topic: Topic

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props)
    this.topic = new Topic(this, 'Topic')
  }
}
`,

  'services/orders/lib/intake/project.json': JSON.stringify({
    name: 'orders-intake',
    projectType: 'library',
    implicitDependencies: ['orders-events'],
  }),

  'services/orders/lib/intake/stack.ts': `
import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'

export class IntakeStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { topic: ITopic }) {
    super(scope, id, props)
    const queue = new Queue(this, 'Queue', { visibilityTimeout: Duration.seconds(30) })
    props.topic.addSubscription(new SqsSubscription(queue))
  }
}
`,
};
