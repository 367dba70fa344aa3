import { PropsValidation } from '@v3-backend/core';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Properties of `AlarmTopics`. */
export interface AlarmTopicsProps {
  /**
   * Who gets critical alarms by mail. Each address must confirm once.
   *
   * @default - nobody
   */
  readonly criticalEmails?: string[];

  /**
   * Who gets warnings by mail. Each address must confirm once.
   *
   * @default - nobody
   */
  readonly warningEmails?: string[];

  /**
   * Whether the key outlives the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** Where alarms go: an encrypted topic for each severity. */
export class AlarmTopics extends Construct {
  /** Something does not work: a person is to look now. */
  public readonly criticalTopic: sns.ITopic;
  /** Something will not work, or works badly: a person is to look today. */
  public readonly warningTopic: sns.ITopic;
  /** Encrypts both topics. */
  public readonly encryptionKey: kms.IKey;

  /** @throws when an address is none. */
  constructor(scope: Construct, id: string, props: AlarmTopicsProps = {}) {
    super(scope, id);
    const validation = new PropsValidation(this);
    for (const [prop, emails] of Object.entries({
      criticalEmails: props.criticalEmails,
      warningEmails: props.warningEmails,
    })) {
      for (const email of emails ?? [])
        validation.matches(prop, '[^@\\s]+@[^@\\s]+\\.[^@\\s]+', 'e-mail addresses', email);
    }
    validation.throwIfInvalid();

    this.encryptionKey = this.createKey(props.protect ?? true);
    this.criticalTopic = this.createTopic('Critical', props.criticalEmails ?? []);
    this.warningTopic = this.createTopic('Warning', props.warningEmails ?? []);
  }

  /** CloudWatch cannot use `alias/aws/sns`, and without its own statement here it drops notifications without a word. */
  private createKey(protect: boolean): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: 'Encrypts alarm notifications',
      enableKeyRotation: true,
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'CloudWatchAlarms',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // In a key policy, `*` is this key.
        resources: ['*'],
      }),
    );
    return key;
  }

  private createTopic(severity: string, emails: string[]): sns.Topic {
    const topic = new sns.Topic(this, severity, { masterKey: this.encryptionKey, enforceSSL: true });
    // A topic with a policy of its own, as `enforceSSL` gives it, loses the default one, by which its account publishes.
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'CloudWatchAlarms',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}
