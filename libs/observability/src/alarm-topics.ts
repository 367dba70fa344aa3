import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlarmTopicsAttributes, IAlarmTopics } from './alarm-topics-attributes';

/** Which services notify: of alarms, and of events such as a failed deployment. */
const NOTIFIERS = [
  { sid: 'CloudWatchAlarms', service: 'cloudwatch.amazonaws.com', accountIsKnown: true },
  // EventBridge publishes to a topic only where the statement has no condition.
  { sid: 'EventBridgeRules', service: 'events.amazonaws.com', accountIsKnown: false },
];

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
export class AlarmTopics extends Construct implements IAlarmTopics {
  /** Topics of another stack, by their attributes. */
  public static fromAlarmTopicsAttributes(
    scope: Construct,
    id: string,
    attributes: AlarmTopicsAttributes,
  ): IAlarmTopics {
    const parent = new Construct(scope, id);
    return {
      criticalTopic: sns.Topic.fromTopicArn(parent, 'Critical', attributes.criticalTopicArn),
      warningTopic: sns.Topic.fromTopicArn(parent, 'Warning', attributes.warningTopicArn),
      encryptionKeyArn: attributes.encryptionKeyArn,
    };
  }

  /** Topics of another stack, by what that publishes; a `Monitoring` does, too. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IAlarmTopics {
    return AlarmTopics.fromAlarmTopicsAttributes(scope, id, {
      criticalTopicArn: contract.read(scope, 'criticalTopicArn'),
      warningTopicArn: contract.read(scope, 'warningTopicArn'),
      encryptionKeyArn: contract.read(scope, 'encryptionKeyArn'),
    });
  }

  public readonly criticalTopic: sns.ITopic;
  public readonly warningTopic: sns.ITopic;
  public readonly encryptionKeyArn: string;
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
    this.encryptionKeyArn = this.encryptionKey.keyArn;
    this.criticalTopic = this.createTopic('Critical', props.criticalEmails ?? []);
    this.warningTopic = this.createTopic('Warning', props.warningEmails ?? []);
  }

  /** Publishes the topics; the README lists the keys. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      criticalTopicArn: this.criticalTopic.topicArn,
      warningTopicArn: this.warningTopic.topicArn,
      encryptionKeyArn: this.encryptionKeyArn,
    });
  }

  /** AWS services cannot use `alias/aws/sns`, and without a statement here they drop notifications without a word. */
  private createKey(protect: boolean): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: 'Encrypts alarm notifications',
      enableKeyRotation: true,
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const { sid, service } of NOTIFIERS) {
      key.addToResourcePolicy(
        new iam.PolicyStatement({
          sid,
          principals: [new iam.ServicePrincipal(service)],
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          // In a key policy, `*` is this key.
          resources: ['*'],
        }),
      );
    }
    return key;
  }

  private createTopic(severity: string, emails: string[]): sns.Topic {
    const topic = new sns.Topic(this, severity, { masterKey: this.encryptionKey, enforceSSL: true });
    // A topic with a policy of its own, as `enforceSSL` gives it, loses the default one, by which its account publishes.
    for (const { sid, service, accountIsKnown } of NOTIFIERS) {
      topic.addToResourcePolicy(
        new iam.PolicyStatement({
          sid,
          principals: [new iam.ServicePrincipal(service)],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions: accountIsKnown ? { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } : undefined,
        }),
      );
    }
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}
