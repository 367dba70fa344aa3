import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Aws } from '../aws';
import type { Check, Finding } from '../check';
import type { DeployedResource } from '../deployed-app';

/** The most names GetParameters takes. */
const PER_CALL = 10;

/**
 * SSM parameters have the values that their stacks gave them. Where a value is an attribute that only the resource's own
 * service tells, it has to be there, and to be what the stacks that read it were deployed with.
 */
export const parametersArePublished: Check = {
  name: 'SSM parameters have the values that the stacks published',
  topic: 'resources',
  subjects: (app) => app.resources('AWS::SSM::Parameter'),
  run: async (parameters, app, aws) => {
    const actual = await readParameters(parameters, aws);
    const read = new Map<string, string>(
      app.stacks.flatMap(({ region, state }) =>
        Object.values(state.parameters)
          .filter(({ resolved }) => resolved !== undefined)
          .map(({ value, resolved }) => [`${region} ${value}`, resolved!] as [string, string]),
      ),
    );
    return parameters.map((parameter) => {
      const { stack, physicalId: name, properties, value } = parameter;
      const key = `${stack.region} ${name}`;
      return {
        stack: stack.name,
        subject: name,
        ...compare(actual.get(key), value(properties['Value']), read.get(key)),
      };
    });
  },
};

/** @param used what the stacks that read it were deployed with. */
function compare(
  actual: string | undefined,
  published: string | undefined,
  used: string | undefined,
): Pick<Finding, 'ok' | 'evidence'> {
  if (actual === undefined) return { ok: false, evidence: 'it does not exist' };
  if (published !== undefined && actual !== published) {
    return { ok: false, evidence: `it is not what the stack published: ${actual} instead of ${published}` };
  }
  if (used !== undefined && actual !== used) {
    return { ok: false, evidence: `it is not what stacks were deployed with: ${actual} instead of ${used}` };
  }
  if (actual.trim() === '') return { ok: false, evidence: 'it is empty' };
  return { ok: true, evidence: published !== undefined || used !== undefined ? `is ${actual}` : `is there: ${actual}` };
}

async function readParameters(parameters: readonly DeployedResource[], aws: Aws): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const region of new Set(parameters.map(({ stack }) => stack.region))) {
    const own = parameters.filter(({ stack }) => stack.region === region);
    const client = await aws.reader(SSMClient, own[0]!.stack.place);
    for (let start = 0; start < own.length; start += PER_CALL) {
      const Names = own.slice(start, start + PER_CALL).map(({ physicalId }) => physicalId);
      const { Parameters = [] } = await client.send(new GetParametersCommand({ Names }));
      for (const { Name, Value } of Parameters) found.set(`${region} ${Name}`, Value ?? '');
    }
  }
  return found;
}
