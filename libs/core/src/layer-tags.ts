import { Stack, Tags, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { DEFAULT_APPLICATION } from './default-application';
import { PropsValidation } from './props-validation';

/** The type by which the CDK's tags know a stack itself, as opposed to the resources in it. */
const STACK_RESOURCE_TYPE = 'aws:cdk:stack';

/** What every service takes: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const VALUE = /^(?!aws:|\s|.*\s$)[\p{L}\p{N} _.:/=+@-]{1,256}$/iu;

/** Whose resources these are, and who pays for them. */
export interface LayerTagsProps {
  /**
   * Tag `application`: the application that the resources belong to.
   *
   * @default 'v3-backend'
   */
  readonly application?: string;

  /** Tag `environment`: the environment, e.g. `staging`. */
  readonly environment: string;

  /** Tag `layer`: the layer of the application, e.g. `networking`. */
  readonly layer: string;

  /**
   * Tag `owner`: who is asked about the resources, e.g. a team's name or mail address.
   *
   * @default - no such tag
   */
  readonly owner?: string;

  /**
   * Tag `cost-center`: who pays for the resources.
   *
   * @default - no such tag
   */
  readonly costCenter?: string;
}

/**
 * Cost allocation and ownership tags of a layer.
 *
 * ```ts
 * import { LayerTags } from '@v3-backend/core';
 *
 * LayerTags.apply(stack, {
 *   application: 'shop',
 *   environment: 'staging',
 *   layer: 'networking',
 *   owner: 'platform@example.com',
 *   costCenter: '4711',
 * });
 * ```
 *
 * The tags are written in the template, at every resource that takes tags; they are no tags of the stack, with or without
 * the feature flag `@aws-cdk/core:explicitStackTags`. Use values that stay the same from one synthesis to the next: a time
 * or a commit would make every deployment an update of every resource.
 */
export class LayerTags {
  /**
   * Tags all resources of a stack, or of a construct in it.
   *
   * The same tag given nearer to a resource (`Tags.of(resource).add('owner', …)`) wins over this one.
   *
   * @param scope the stack, or a construct in it.
   * @throws when a value is none that all AWS services take, or when the stack has a tag of its own that contradicts:
   * the same key with another value, or a key that differs in case only, which
   * IAM takes for the same key twice (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html).
   */
  public static apply(scope: IConstruct, props: LayerTagsProps): void {
    const tags = tagsOf(props);
    validate(scope, tags);
    for (const [key, value] of tags) {
      Tags.of(scope).add(key, value, { excludeResourceTypes: [STACK_RESOURCE_TYPE] });
    }
  }

  private constructor() {}
}

function tagsOf(props: LayerTagsProps): Map<string, string> {
  const tags = new Map([
    ['application', props.application ?? DEFAULT_APPLICATION],
    ['environment', props.environment],
    ['layer', props.layer],
  ]);
  if (props.owner !== undefined) tags.set('owner', props.owner);
  if (props.costCenter !== undefined) tags.set('cost-center', props.costCenter);
  return tags;
}

function validate(scope: IConstruct, tags: Map<string, string>): void {
  const validation = new PropsValidation(scope);
  const stackTags = Object.entries(Stack.of(scope).tags.tagValues());
  for (const [key, value] of tags) {
    validation.holds(
      Token.isUnresolved(value) || VALUE.test(value),
      `tag ${key} must have 1 to 256 letters, digits, spaces and _ . : / = + - @, no space at either end, and not start ` +
        `with "aws:", got ${JSON.stringify(value)}`,
    );
    for (const [stackKey, stackValue] of stackTags) {
      validation.holds(
        stackKey.toLowerCase() !== key || (stackKey === key && stackValue === value),
        `tag ${key} with the value ${JSON.stringify(value)} contradicts the stack's own tag ${stackKey} with the value ` +
          `${JSON.stringify(stackValue)}; give both the same key and value, or leave one out`,
      );
    }
  }
  validation.throwIfInvalid();
}
