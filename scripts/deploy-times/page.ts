import { type Estimate, inWords } from '../../tools/nx-cdk/src/duration/estimate';
import {
  type Figures,
  FIGURES,
  IMAGE_MIB,
  OTHER_TYPES,
  OVERHEAD,
  TASK,
  taskStart,
} from '../../tools/nx-cdk/src/duration/figures';
import { planDuration } from '../../tools/nx-cdk/src/duration/plan-duration';
import { rollAdvice } from '../../tools/nx-cdk/src/duration/roll-advice';
import type { ContainerFacts } from '../../tools/nx-cdk/src/duration/service-roll';
import { deletionDuration, type Knowledge, shippingDuration } from '../../tools/nx-cdk/src/duration/stack-duration';
import type { StackGraph } from '../../tools/nx-cdk/src/stack-graph/stack-graph';
import { awsDefaults } from './aws-defaults';
import { changedStacks, type Scenario, SCENARIOS } from './scenarios';

/** The most that a compute-only change may take in 95 of 100 cases, in seconds. */
export const COMPUTE_LIMIT = 180;
const CONCURRENCY = 4;
const [FIRST_DEPLOY, COMPUTE_ONLY] = [SCENARIOS[0]!, SCENARIOS[1]!];

/** The page that compares the layouts of an environment, as Markdown. @throws when a compute-only change takes too long. */
export function renderPage(
  environment: string,
  modular: StackGraph,
  monolithic: StackGraph,
  measured: Figures,
): string {
  const durationOf = (graph: StackGraph, scenario: Scenario, facts: ContainerFacts = {}) =>
    scenarioDuration(graph, scenario, { ...facts, measured });
  const summary = (graph: StackGraph, scenario: Scenario) => [
    inWords(durationOf(graph, scenario)),
    ...extent(graph, scenario),
  ];
  const computeOnly = durationOf(modular, COMPUTE_ONLY);
  if (computeOnly.high > COMPUTE_LIMIT) {
    throw new Error(`By the model, a compute-only change takes ${inWords(computeOnly)}; it must stay below 3 min.`);
  }
  return [
    '# How long deployments take on AWS',
    '',
    'Everything on this page is a model, computed from the templates by `npm run deploy-times`. **Nothing here was measured ' +
      'on AWS.** The numbers that it is made from are cited below, or marked as assumed. `deploy --dryRun` tells the same ' +
      'for what it would ship. What the tools add is measured at a local endpoint: [benchmarks](benchmarks.md).',
    '',
    `Each range is from what half of the deployments stay below to what 95 of 100 do. Environment: \`${environment}\`, ` +
      `${CONCURRENCY} stacks at once.`,
    '',
    '## Modular and monolithic layout',
    '',
    ...table(
      ['change', 'modular', 'stacks', 'resources in them', 'monolithic', 'stacks', 'resources in them'],
      SCENARIOS.map((scenario) => [scenario.name, ...summary(modular, scenario), ...summary(monolithic, scenario)]),
    ),
    '',
    'A resource that does not change takes no time in either layout, so a split of stacks does not by itself make a change ' +
      'faster: it changes what CloudFormation has to look at, what a failed update rolls back, and what can be deployed side ' +
      'by side. A first deployment is not faster in 14 stacks than in 12. What makes the change of the compute layer fast ' +
      'are the settings below, and that it is deployed without a change set, which is not advisable for a stack that holds ' +
      'a load balancer, too.',
    '',
    'Where one layout takes the place of the other, its stacks can be created only when those of the other are gone. So long ' +
      'nothing answers; what comes before and after interrupts nothing.',
    '',
    ...table(
      ['change of the layout', 'from the first deletion until all is there', 'stacks deleted', 'stacks created'],
      [
        ['from modular to monolithic', ...layoutChange(modular, monolithic, measured)],
        ['from monolithic to modular', ...layoutChange(monolithic, modular, measured)],
      ],
    ),
    '',
    '## What a change of the compute layer depends on',
    '',
    ...table(
      ['setting', 'time'],
      [
        ['the services alone, as they are', inWords(computeOnly)],
        [
          'containers do not end on SIGTERM, and take their whole stop timeout',
          inWords(durationOf(modular, COMPUTE_ONLY, { ignoresSigterm: true })),
        ],
        ...[100, 500, 1000].map((imageMiB) => [
          `image of ${imageMiB} MiB, compressed, instead of ${IMAGE_MIB}`,
          inWords(durationOf(modular, COMPUTE_ONLY, { imageMiB })),
        ]),
        [
          'deregistration delay, health checks and stop timeout as AWS has them',
          inWords(durationOf(awsDefaults(modular), COMPUTE_ONLY)),
        ],
        ['the same in the monolithic layout', inWords(durationOf(awsDefaults(monolithic), COMPUTE_ONLY))],
      ],
    ),
    '',
    ...adviceOf(modular),
    '## What the model assumes',
    '',
    '- A stack takes what CloudFormation adds, the longest path of changed resources along their references, and the ' +
      'removal of what was replaced. A stack that is deleted takes the longest path of its resources, dependents first. A deployment takes the longest path of stacks, as far as there are places.',
    '- Parts that follow each other vary independently.',
    '- A service takes start, boot, and a health check for its new tasks, then the deregistration delay and the end of the old ones.',
    '',
    ...table(
      ['part', 'seconds', 'source'],
      [
        ['each operation on a stack', range(OVERHEAD.operation), OVERHEAD.operation.source],
        ['a change set', range(OVERHEAD.changeSet), OVERHEAD.changeSet.source],
        [
          `start of a task with an image of ${IMAGE_MIB} MiB`,
          range(taskStart()),
          '53 to 62 s for an image of 413 MB: elasticscale.com, 2024-04; how it grows with the size is assumed',
        ],
        ['start of the process, until it answers', range(TASK.boot), TASK.boot.source],
        ['end of a process after SIGTERM', range(TASK.stop), TASK.stop.source],
        ['until a service is steady', range(TASK.settle), TASK.settle.source],
        ['any type that is not below: create', range(OTHER_TYPES.create), OTHER_TYPES.source],
      ],
    ),
    '',
    ...table(
      ['type', 'create', 'update', 'delete', 'source'],
      Object.entries({ ...FIGURES, ...measured }).map(([type, figure]) => [
        `\`${type}\``,
        range(figure.create),
        range(figure.update),
        range(figure.delete),
        figure.source,
      ]),
    ),
    '',
    '## Your own figures',
    '',
    'Stack events tell how long each resource really took. Save those of some deployments, and give them to the model:',
    '',
    '```bash',
    'aws cloudformation describe-stack-events --stack-name v3-backend-development-compute > events.json',
    'npx nx run v3-backend-infra:calibrate --events=events.json',
    '```',
    '',
    'This adds them to `apps/v3-backend-infra/deploy-durations.json`, which dry runs use instead of the figures above, for ' +
      'the types and operations that occurred. What the file has now is an assumption about the run of the migration. For ECS services it takes the place of the model of their tasks, too. The ' +
      'size of the image is told as `imageMiB` in the section `nxCdk` of `cdk.json`.',
    '',
  ].join('\n');
}

/** How many stacks a scenario ships, and how many resources those have. */
function extent(graph: StackGraph, scenario: Scenario): string[] {
  const changed = changedStacks(graph, scenario);
  const resources = changed.reduce((sum, { node }) => sum + Object.keys(node.stack.template.Resources ?? {}).length, 0);
  return [String(changed.length), String(resources)];
}

function scenarioDuration(graph: StackGraph, scenario: Scenario, facts: Omit<Knowledge, 'stacks'>): Estimate {
  const stacks = graph.nodes.map(({ stack }) => stack);
  const durations = changedStacks(graph, scenario).map(({ node, changes }): [string, Estimate] => [
    node.stack.id,
    shippingDuration(node, changes, { stacks, ...facts }),
  ]);
  const needs = (id: string) => graph.upstream.get(id) ?? [];
  return planDuration({ durations: new Map(durations), needs, concurrency: CONCURRENCY });
}

/** How long one layout's stacks take to go and the other's to come, and how many stacks each of them has. */
function layoutChange(from: StackGraph, to: StackGraph, measured: Figures): string[] {
  const without = ({ nodes }: StackGraph, other: StackGraph) =>
    nodes.filter(({ stack }) => !other.nodes.some((one) => one.stack.stackName === stack.stackName));
  const [going, coming] = [without(from, to), without(to, from)];
  const stacks = [...going, ...to.nodes].map(({ stack }) => stack);
  const deletions = going.map(({ stack }): [string, Estimate] => [
    stack.id,
    deletionDuration(stack, { stacks, measured }),
  ]);
  const creations = changedStacks({ ...to, nodes: coming }, FIRST_DEPLOY).map(
    ({ node, changes }): [string, Estimate] => [node.stack.id, shippingDuration(node, changes, { stacks, measured })],
  );
  const gone = new Map(deletions);
  const needs = (id: string) =>
    gone.has(id) ? (from.downstream.get(id) ?? []) : [...gone.keys(), ...(to.upstream.get(id) ?? [])];
  const estimate = planDuration({ durations: new Map([...deletions, ...creations]), needs, concurrency: CONCURRENCY });
  return [inWords(estimate), String(going.length), String(coming.length)];
}

function adviceOf(graph: StackGraph): string[] {
  const stacks = graph.nodes.map(({ stack }) => stack);
  const advice = rollAdvice(stacks, stacks, {});
  return advice.length === 0 ? [] : ['What could be faster:', '', ...advice.map((text) => `- ${text}.`), ''];
}

const range = ({ typical, high }: Estimate) => `${Math.round(typical)} to ${Math.round(high)}`;

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(header), row(header.map(() => '---')), ...rows.map(row)];
}
