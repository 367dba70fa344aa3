import type { DeployOptions } from '../options/options';
import type { StackGraph } from '../stack-graph/stack-graph';

/** The CloudFormation parameter that takes the image tag. */
export const IMAGE_TAG_PARAMETER = 'ImageTag';

/** What `--imageTag` means for the stacks of a run. */
export interface ImageTag {
  /** New parameter values. */
  readonly given: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
  readonly notices: readonly string[];
}

/** Finds the stacks that take the image tag; an image tag that no stack would get is a mistake. */
export function imageTagParameter(
  { imageTag, infraOnly }: DeployOptions,
  { nodes }: StackGraph,
  selected: ReadonlySet<string> | undefined,
): ImageTag {
  if (imageTag === undefined) return { given: {}, problems: [], notices: [] };
  const takers = nodes.filter(({ stack }) => stack.template.Parameters?.[IMAGE_TAG_PARAMETER] !== undefined);
  const names = takers.map(({ name }) => name).join(', ');
  const given = { [IMAGE_TAG_PARAMETER]: imageTag };
  const option = `--imageTag=${imageTag}`;
  if (takers.length === 0) {
    return {
      given,
      problems: [`${option} has no use: no stack of the app has a parameter ${IMAGE_TAG_PARAMETER}.`],
      notices: [],
    };
  }
  if (selected && !takers.some(({ stack }) => selected.has(stack.id))) {
    return {
      given,
      problems: [`${option} is for ${names}, which is not selected. Select it, or leave the option out.`],
      notices: [],
    };
  }
  const left = infraOnly && takers.every(({ phase }) => phase?.infrastructure === false);
  return { given, problems: [], notices: left ? [`${option} has no effect: --infraOnly leaves out ${names}.`] : [] };
}
