import { PropsValidation } from '@v3-backend/core';
import { CfnParameter } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { TAG_OR_DIGEST, TAG_OR_DIGEST_IN_WORDS } from './private/image';

/** Properties of an `ImageTagParameter`. */
export interface ImageTagParameterProps {
  /** The tag, or the digest, of a stack's first deployment, where none is given. */
  readonly defaultTag: string;

  /**
   * Name of the CloudFormation parameter.
   *
   * @default 'ImageTag'
   */
  readonly parameterName?: string;
}

/**
 * The image tag as a parameter of the stack: another image needs no synthesis and no other template, and a rollback of
 * the stack brings the earlier tag back. A digest, `sha256:…`, may be given in its place.
 */
export class ImageTagParameter extends Construct {
  /** The tag, or digest: a token. */
  public readonly tag: string;

  /** @throws when the tag or the parameter's name is malformed. */
  constructor(scope: Construct, id: string, props: ImageTagParameterProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.matches('defaultTag', TAG_OR_DIGEST, TAG_OR_DIGEST_IN_WORDS, props.defaultTag);
    validation.matches('parameterName', '[A-Za-z0-9]{1,255}', '1 to 255 letters or digits', props.parameterName);
    validation.throwIfInvalid();

    const parameter = new CfnParameter(this, 'Resource', {
      type: 'String',
      default: props.defaultTag,
      allowedPattern: `^(${TAG_OR_DIGEST})$`,
      constraintDescription: TAG_OR_DIGEST_IN_WORDS,
      description: 'Tag of the image that the services run',
    });
    parameter.overrideLogicalId(props.parameterName ?? 'ImageTag');
    this.tag = parameter.valueAsString;
  }
}
