import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { carryOut, placesOf } from '../testing/migration/carry-out';
import { resultsOf, TestRig } from '../testing/test-rig';
import { locationOf, resourcesOf } from './layout';
import { parseTemplate } from './parse-template';
import type { MigrationPlan, MigrationStep } from './plan';

const TARGET = ['balancer', 'shared', 'compute'];

const read = (monolith: string, file: string) =>
  readFileSync(join(__dirname, '../testing/migration/golden', monolith, file), 'utf8');

/** What a plan says, in the shape of the files `expected.yaml`. */
function told({ pairs, onlyDeployed, onlyTarget, steps, deploys }: MigrationPlan): object {
  const moving = pairs.filter(({ fate }) => fate === 'moves');
  return {
    moves: Object.fromEntries(
      TARGET.map((stack) => [
        stack,
        Object.fromEntries(
          moving
            .filter(({ to }) => locationOf(to).stackName === stack)
            .map(({ from, to, because }) => [locationOf(from).logicalId, `${locationOf(to).logicalId}: ${because}`]),
        ),
      ]),
    ),
    cannotMove: Object.fromEntries(
      pairs
        .filter(({ fate }) => fate === 'cannot-move')
        .map(({ from, to, because, obstacles, alternatives }) => [
          locationOf(from).logicalId,
          { becomes: to, since: because, obstacles, alternatives: alternatives.map(({ way }) => way) },
        ]),
    ),
    onlyDeployed: onlyDeployed.map(({ key }) => key),
    onlyInTheApp: onlyTarget.map(({ key }) => key),
    steps: steps.map(sentence),
    deployChanges: deploys.flatMap(({ changes }) =>
      changes.map(({ key, effect, properties }) => `${key}: ${effect} by ${properties.join(', ')}`),
    ),
  };
}

function sentence(step: MigrationStep): string {
  switch (step.kind) {
    case 'prepare':
      return `prepare ${step.stackName}`;
    case 'refactor':
      return `refactor ${step.moves.length} resources among ${step.stacks.map(({ stackName }) => stackName).join(', ')}`;
    case 'release':
      return `release ${step.resources.join(', ')}`;
    case 'deploy':
      return 'deploy';
    case 'delete':
      return `delete ${step.stackName} with ${step.resources.join(', ') || 'nothing'}`;
  }
}

interface Expected {
  /** What a user must say, since nothing tells it. */
  readonly map?: string;
  /** What is open as long as nobody says it. */
  readonly ambiguous: readonly object[];
}

describe.each(['named', 'unnamed'])('the monolith whose resources are %s', (name) => {
  const app = Object.fromEntries(TARGET.map((stack) => [stack, parseTemplate(read(name, `${stack}.yaml`))]));
  const { map, ambiguous, ...expected } = parse(read(name, 'expected.yaml')) as Expected;
  let rig: TestRig;

  beforeAll(async () => {
    rig = await TestRig.start({
      balancer: { template: app['balancer'], uploaded: true },
      shared: { template: app['shared'], uploaded: true },
      compute: { template: app['compute'], uploaded: true, after: ['balancer', 'shared'] },
    });
    rig.aws.cloudFormation.shipBehind('monolith', read(name, 'monolith.yaml'));
  });
  afterAll(() => rig.stop());

  test('is recognized but for what nothing tells apart', async () => {
    const { plan } = await rig.planMigration({ from: 'monolith' });
    expect(plan.ambiguous).toEqual(ambiguous);
  });

  test('is divided as expected; then the three stacks have exactly what they want, and what moved was not made anew', async () => {
    const { cloudFormation } = rig.aws;
    const before = placesOf(cloudFormation);
    const { plan } = await rig.planMigration({ from: 'monolith', ...(map === undefined ? {} : { map }) });
    expect(plan.ambiguous).toEqual([]);
    expect(told(plan)).toEqual(expected);
    const accounted = [...plan.pairs.map(({ from }) => from), ...plan.onlyDeployed.map(({ key }) => key)];
    expect(accounted.sort()).toEqual([...before.values()].sort());

    carryOut(cloudFormation, plan.steps);
    for (const step of plan.steps) {
      if (step.kind === 'release') carryOut(cloudFormation, [{ ...step, kind: 'prepare' }]);
    }
    expect(resultsOf(await rig.deploy())).toEqual(Object.fromEntries(TARGET.map((stack) => [stack, 'updated'])));
    const after = placesOf(cloudFormation);
    const wanted = TARGET.flatMap((stack) => resourcesOf(app[stack]!).map(([id]) => `${stack}/${id}`));
    expect([...after.values()].filter((place) => !place.startsWith('monolith/')).sort()).toEqual(wanted.sort());
    for (const { type, physicalId, to } of plan.pairs.filter(({ fate }) => fate === 'moves')) {
      expect([type, physicalId, after.get(`${type} ${physicalId}`)]).toEqual([type, physicalId, to]);
    }
  });
});
