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

/** A CDK app beside it that knows nothing of the plug-in, and is no Nx project. */
export const PLAIN_APP: Readonly<Record<string, string>> = {
  'services/mail/cdk.json': JSON.stringify({ app: 'npx tsx bin/mail.ts' }),

  'services/mail/bin/mail.ts': `
import { App } from 'aws-cdk-lib'
import { InboxStack } from '../lib/inbox-stack'
import { SenderStack } from '../lib/sender-stack'

const app = new App()
const environment = app.node.tryGetContext('environment')
const env = { account: '123456789012', region: 'eu-west-1' }
const inbox = new InboxStack(app, \`\${environment}-mail-inbox\`, { env })
new SenderStack(app, \`\${environment}-mail-sender\`, { env, topic: inbox.topic })
`,

  'services/mail/lib/title.ts': "export const TITLE = 'Mail'\n",

  'services/mail/lib/inbox-stack.ts': `
import * as cdk from 'aws-cdk-lib'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { TITLE } from './title'

export class InboxStack extends cdk.Stack {
  public readonly topic: Topic

  constructor(scope: Construct, id: string, props: cdk.StackProps) {
    super(scope, id, props)
    this.topic = new Topic(this, 'Topic', { displayName: TITLE })
  }
}
`,

  'services/mail/lib/sender-stack.ts': `
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'

export class SenderStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { topic: Topic }) {
    super(scope, id, props)
    new Queue(this, 'Queue')
    new CfnOutput(this, 'TopicArn', { value: props.topic.topicArn })
  }
}
`,
};
