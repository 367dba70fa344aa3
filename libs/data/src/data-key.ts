import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** What a data key is for. */
export interface DataKeyProps {
  /** What the key encrypts, e.g. `Assets and backups`. */
  readonly description: string;

  /**
   * Whether the key outlives the stack. If not, KMS deletes it 7 days after the stack, the shortest time it offers.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * A KMS key for data at rest, rotated every year.
 *
 * Keep it in the stack of the data it encrypts: services that need it get a statement in its policy, which only that
 * stack can write. What is encrypted with a key is lost with the key.
 */
export class DataKey extends Construct {
  /** The key. */
  public readonly key: kms.Key;

  constructor(scope: Construct, id: string, props: DataKeyProps) {
    super(scope, id);
    const protect = props.protect ?? true;
    // `Default` is no part of logical ids, so the key has the id that it had without this construct around it.
    this.key = new kms.Key(this, 'Default', {
      description: props.description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(protect ? 30 : 7),
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
