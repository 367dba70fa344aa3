import { PropsValidation } from '@v3-backend/core';
import { CfnParameter } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What a tag may be: the grammar of the OCI distribution specification. */
const IMAGE_TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

/** Properties of an `ImageTagParameter`. */
export interface ImageTagParameterProps {
  /** The tag of a stack's first deployment, where none is given. */
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
 * the stack brings the earlier tag back.
 */
export class ImageTagParameter extends Construct {
  /** The tag, a token. */
  public readonly tag: string;

  /** @throws when the tag or the parameter's name is malformed. */
  constructor(scope: Construct, id: string, props: ImageTagParameterProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.matches(
      'defaultTag',
      IMAGE_TAG,
      'an image tag: 1 to 128 letters, digits, "_", "." or "-", not starting with "." or "-"',
      props.defaultTag,
    );
    validation.matches('parameterName', '[A-Za-z0-9]{1,255}', '1 to 255 letters or digits', props.parameterName);
    validation.throwIfInvalid();

    const parameter = new CfnParameter(this, 'Resource', {
      type: 'String',
      default: props.defaultTag,
      allowedPattern: IMAGE_TAG,
      constraintDescription: 'an image tag: 1 to 128 letters, digits, "_", "." or "-", not starting with "." or "-"',
      description: 'Tag of the image that the services run',
    });
    parameter.overrideLogicalId(props.parameterName ?? 'ImageTag');
    this.tag = parameter.valueAsString;
  }
}
