import { GetParametersCommand, paginateGetParametersByPath, type Parameter } from '@aws-sdk/client-ssm';
import type { Clients } from '../../live-state/aws-clients';
import type { ExportedParameter } from '../environment-export';
import { chunked, resourcesOf, sortedBy, type SourceResource, type SourceStack } from '../source';

/** The most names GetParameters takes. */
const PARAMETERS_PER_CALL = 10;

/**
 * The path below which an environment's parameters are: the longest one that all published names share and that has the
 * environment's name as one of its segments. Undefined where there is none: a shorter one may be other environments', too.
 */
export function commonPath(names: readonly string[], environment: string): string | undefined {
  const [first, ...others] = names.map((name) => name.split('/').slice(0, -1));
  if (!first) return undefined;
  const differs = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  const shared = differs < 0 ? first : first.slice(0, differs);
  return shared[0] === '' && shared.includes(environment) ? shared.join('/') : undefined;
}

/** The parameters that stacks publish, and those beside them below the environment's path. SecureStrings stay encrypted. */
export async function readParameters(
  stacks: readonly SourceStack[],
  environment: string,
  { ssm }: Clients,
): Promise<ExportedParameter[]> {
  const published = resourcesOf(stacks, 'AWS::SSM::Parameter');
  const names = published.map(({ physicalId }) => physicalId);
  const found = new Map<string, Parameter>();
  const keep = (parameters: readonly Parameter[] = []) =>
    parameters.forEach((parameter) => found.set(parameter.Name ?? '', parameter));
  const Path = commonPath(names, environment);
  if (Path !== undefined) {
    const pages = paginateGetParametersByPath({ client: ssm }, { Path, Recursive: true, WithDecryption: false });
    for await (const page of pages) keep(page.Parameters);
  }
  const missing = names.filter((name) => !found.has(name));
  const answers = await Promise.all(
    chunked(missing, PARAMETERS_PER_CALL).map((Names) =>
      ssm.send(new GetParametersCommand({ Names, WithDecryption: false })),
    ),
  );
  answers.forEach(({ Parameters }) => keep(Parameters));
  return sortedBy([...found.values()], ({ Name }) => Name ?? '').map((parameter) =>
    exportedParameter(parameter, published, stacks[0]?.region ?? ''),
  );
}

function exportedParameter(
  { Name = '', Type, Version = 0, Value = '' }: Parameter,
  published: readonly SourceResource[],
  region: string,
): ExportedParameter {
  const by = published.find(({ physicalId }) => physicalId === Name);
  return {
    name: Name,
    region,
    type: Type ?? 'String',
    version: Version,
    ...(Type === 'SecureString' ? {} : { value: Value }),
    publishedBy: by ? { stack: by.stack, logicalId: by.logicalId } : null,
  };
}
