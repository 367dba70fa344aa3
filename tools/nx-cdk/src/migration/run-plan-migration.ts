import type { AssembledStack } from '../assembly/assembly';
import { exportsOf, ssmParametersOf } from '../assembly/template';
import { Journal } from '../engine/journal';
import { prepare } from '../engine/prepare';
import { placeOf } from '../engine/read-state';
import { refuseOn } from '../engine/refusal';
import type { RunParts, RunRequest } from '../engine/request';
import type { DeployedStack, LiveState, Place } from '../live-state/live-state';
import type { StackNode } from '../stack-graph/stack-graph';
import { scriptsFor } from './commands';
import type { DeployedLayout } from './layout';
import { resourcesOf } from './layout';
import { limitProblems } from './limits';
import type { MigrationOptions } from './options';
import { parseTemplate } from './parse-template';
import type { MigrationPlan } from './plan';
import { planMigration } from './plan-migration';
import type { MigrationReads } from './reads';
import { refusalOf } from './refused-types';
import { statedPairs } from './stated-pairs';
import { planFolder, writePlan } from './write-plan';

/** A plan that was made. */
export interface PlannedMigration {
  readonly plan: MigrationPlan;
  /** Path of the report, relative to the workspace. */
  readonly report: string;
}

/**
 * Plans the migration of an environment and writes the plan. It only reads.
 *
 * @throws Refusal with everything that is in the way.
 */
export async function runPlanMigration(
  request: RunRequest<MigrationOptions>,
  parts: Pick<RunParts, 'connect' | 'liveState' | 'listener'> & { readonly reads: MigrationReads },
): Promise<PlannedMigration> {
  const { environment, workspaceRoot, app, options } = request;
  const journal = new Journal(request, parts.listener, null);
  const { graph } = await prepare(request, parts, journal, []);
  const { liveState, reads } = parts;

  const found = await findStacks(options.from, graph.nodes, liveState);
  const problems = [...found.problems];
  refuseOn(problems);
  const { place } = found;
  const nodes = graph.nodes.filter(({ stack }) => stack.region === place.region);
  const presentStacks = await Promise.all(
    nodes
      .filter(({ stack }) => !options.from.includes(stack.stackName))
      .map(async ({ stack: { stackName } }) => [stackName, await liveState.stack(stackName, place)] as const),
  );
  const inRegion = [
    ...found.stacks,
    ...presentStacks.flatMap(([name, stack]) => (isThere(stack) ? [[name, stack] as const] : [])),
  ];
  const policies = await Promise.all(
    inRegion.map(async ([name, stack]) => {
      const policy = await reads.hasStackPolicy(name, place);
      return [
        ...statusProblems(name, stack),
        ...(policy
          ? [`${name} has a stack policy, and stack refactoring supports no stack that has one, whatever it says.`]
          : []),
      ];
    }),
  );
  problems.push(...policies.flat());
  const layouts = new Map(
    await Promise.all(
      inRegion.map(async ([name, stack]) => [name, await layoutOf(name, stack, place, parts, problems)] as const),
    ),
  );
  refuseOn(problems);

  const from = options.from.map((name) => layouts.get(name)!);
  const present = [...layouts.values()].filter(({ stackName }) => !options.from.includes(stackName));
  const target = nodes.map(({ stack }) => stack);
  const byName = new Map(nodes.map(({ name, stack }) => [name, stack.stackName]));
  const stated = statedPairs(options.map, from, target, (name) => byName.get(name), problems);
  refuseOn(problems);

  const types = new Set(from.flatMap(({ template }) => resourcesOf(template).map(([, { Type }]) => Type)));
  const provisioning = new Map(
    await Promise.all(
      [...types]
        .filter((type) => refusalOf(type) === undefined)
        .map(async (type) => [type, await reads.provisioningType(type, place)] as const),
    ),
  );
  const plan = await planMigration({
    environment,
    from,
    present,
    target,
    around: {
      account: journal.account ?? '',
      region: place.region,
      partition: partitionOf(place.region),
      ssm: await liveState.ssmValues(
        [...from, ...target].flatMap(({ template }) => ssmNamesOf(template)),
        place,
      ),
      exports: new Map(present.flatMap(exportedValues)),
    },
    importers: await readImporters(from, place, liveState),
    provisioning: (type) => provisioning.get(type),
    stated,
  });
  const bucket = nodes.map(({ stack }) => bucketOf(stack)).find((name) => name !== undefined);
  refuseOn([...(plan.pairs.length === 0 ? [nothingInCommon(options.from)] : []), ...limitProblems(plan, bucket)]);
  const folder = planFolder(environment);
  const report = writePlan(workspaceRoot, plan, scriptsFor(plan, { app, folder, bucket }), notesOn(plan));
  return { plan, report };
}

const isThere = (stack: DeployedStack | undefined): stack is DeployedStack =>
  stack !== undefined && stack.status !== 'REVIEW_IN_PROGRESS';

const nothingInCommon = (from: readonly string[]) =>
  `${from.join(', ')} and the app have nothing in common: no resource of the one can be recognized in the other. Is --from ` +
  'right, and the app synthesized in its new layout?';

/** Finds the stacks to migrate from, in one of the app's regions. */
async function findStacks(names: readonly string[], nodes: readonly StackNode[], liveState: LiveState) {
  const places = new Map(nodes.map((node) => [node.stack.region, placeOf(node)]));
  const found = await Promise.all(
    names.map(async (name) => {
      for (const place of places.values()) {
        const stack = await liveState.stack(name, place);
        if (stack && isThere(stack)) return { name, stack, place };
      }
      return { name, stack: undefined, place: { region: '' } };
    }),
  );
  const there = found.flatMap((one) => (one.stack ? [{ ...one, stack: one.stack }] : []));
  const regions = new Set(there.map(({ place }) => place.region));
  const where = [...places.keys()].join(', ');
  return {
    stacks: there.map(({ name, stack }) => [name, stack] as const),
    place: there[0]?.place ?? { region: '' },
    problems: [
      ...found
        .filter(({ stack }) => stack === undefined)
        .map(({ name }) => `--from=${name}: there is no deployed stack of this name in ${where}.`),
      ...(regions.size > 1
        ? [`The stacks of --from are in several regions (${[...regions].join(', ')}). Plan each region by itself.`]
        : []),
    ],
  };
}

function statusProblems(name: string, { status }: DeployedStack): string[] {
  if (status.endsWith('_IN_PROGRESS'))
    return [`An operation is running on ${name} (${status}). Plan when it has ended.`];
  const isSettled = status.endsWith('_COMPLETE') && status !== 'ROLLBACK_COMPLETE';
  return isSettled ? [] : [`${name} is in ${status}, in which it cannot be updated. Mend or delete it first.`];
}

async function layoutOf(
  stackName: string,
  stack: DeployedStack,
  place: Place,
  { liveState, reads }: { readonly liveState: LiveState; readonly reads: MigrationReads },
  problems: string[],
): Promise<DeployedLayout> {
  const [resources, text] = await Promise.all([
    liveState.resources(stackName, place),
    stack.template ? undefined : reads.templateText(stackName, place),
  ]);
  let template = stack.template ?? {};
  try {
    if (text !== undefined) template = parseTemplate(text);
  } catch (error) {
    problems.push(`The template of ${stackName} cannot be read: ${(error as Error).message}.`);
  }
  if ('Transform' in template) {
    problems.push(
      `The template of ${stackName} has a Transform. What it makes of the template cannot be divided; deploy it expanded first.`,
    );
  }
  return {
    stackName,
    template,
    parameters: stack.parameters,
    physicalIds: new Map(
      resources.flatMap(({ logicalId, physicalId }) => (physicalId === undefined ? [] : [[logicalId, physicalId]])),
    ),
    outputs: stack.outputs,
  };
}

/** SSM parameters that a template reads, and those it makes. */
function ssmNamesOf(template: AssembledStack['template']): string[] {
  const made = resourcesOf(template)
    .filter(([, { Type }]) => Type === 'AWS::SSM::Parameter')
    .map(([, { Properties }]) => Properties?.['Name'])
    .filter((name) => typeof name === 'string');
  return [...ssmParametersOf(template).values(), ...made];
}

function exportedValues({ template, outputs }: DeployedLayout): [string, string][] {
  return Object.entries(template.Outputs ?? {}).flatMap(([name, { Export }]): [string, string][] => {
    const value = outputs[name];
    return typeof Export?.Name === 'string' && value !== undefined ? [[Export.Name, value]] : [];
  });
}

async function readImporters(from: readonly DeployedLayout[], place: Place, liveState: LiveState) {
  const own = new Set(from.map(({ stackName }) => stackName));
  const names = from.flatMap(({ template }) => exportsOf(template));
  const importers = new Map(
    await Promise.all(
      names.map(
        async (name) => [name, (await liveState.importers(name, place)).filter((stack) => !own.has(stack))] as const,
      ),
    ),
  );
  return (name: string) => importers.get(name) ?? [];
}

/** The bucket that the CDK uploads templates to. */
const bucketOf = ({ templateUrl }: AssembledStack): string | undefined =>
  /^s3:\/\/([^/$]+)\//.exec(templateUrl ?? '')?.[1];

const partitionOf = (region: string) =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

function notesOn(plan: MigrationPlan): string[] {
  return [
    ...plan.parameters.map(
      ({ name, value, default: standard }) =>
        `Parameter ${name} is ${value} in the old stack, and ${standard || 'without a default'} in the app, where the stacks that a refactor makes have no parameters yet: the first deploy must be given ${value}.`,
    ),
    ...(plan.unaskedTypes.length === 0
      ? []
      : [
          `The registry did not tell whether these types can be moved (\`aws cloudformation describe-type --type RESOURCE --type-name TYPE\` must say FULLY_MUTABLE): ${plan.unaskedTypes.join(', ')}.`,
        ]),
  ];
}
