import { alternativesFor, excludesAnother } from './alternatives';
import { differencesOf } from './differences';
import { obstaclesTo, type Provisioning } from './eligibility';
import { type DeployedLayout, keyOf, locationOf, resourcesOf, type TargetLayout } from './layout';
import { pairResources, type Pairing } from './pairing';
import type { DeployPlan, MigrationPlan, MigrationStep, PairPlan } from './plan';
import { type Importers, render, type Rendered } from './rendering';
import { isSsmValue } from '../assembly/template';
import { releaseOf } from './release';
import { isSecret, type Surroundings, valueOfParameter } from './resolvers';
import { type Candidate, deployedCandidates, targetCandidates } from './sides';
import { divide } from './steps';
import { inPlaceIn, knownValues, namingByValue } from './values';

/** Everything that a plan is made of. */
export interface MigrationInput {
  readonly environment: string;
  /** The deployed stacks to migrate from. */
  readonly from: readonly DeployedLayout[];
  /** Other deployed stacks of the app. */
  readonly present: readonly DeployedLayout[];
  /** The synthesized app, each stack after those it depends on. */
  readonly target: readonly TargetLayout[];
  readonly around: Surroundings;
  /** Who imports an export of the stacks to migrate from, those stacks themselves left out. */
  readonly importers: Importers;
  readonly provisioning: Provisioning;
  /** By key of a deployed resource, the key of the app's, as the user says. */
  readonly stated: ReadonlyMap<string, string>;
}

/** Plans a migration. It asks nobody and changes nothing. */
export async function planMigration(input: MigrationInput): Promise<MigrationPlan> {
  const { environment, from, present, target, around, provisioning, stated } = input;
  const deployed = deployedCandidates(from, present, around);
  const known = new Set(
    target.flatMap(({ stackName, template }) =>
      resourcesOf(template).map(([logicalId]) => keyOf({ stackName, logicalId })),
    ),
  );
  const inPlace = inPlaceIn(present, (key) => known.has(key));
  const parameters = parametersOf(from);
  const wanted = targetCandidates({ target, inPlace, parameters, around }).filter(
    ({ key }) => inPlace(key) === undefined,
  );
  const pairings = pairResources(deployed, wanted, stated);

  const byKey = { deployed: indexed(deployed), target: indexed(wanted) };
  const templates = new Map(from.map(({ stackName, template }) => [stackName, template]));
  const judged = pairings.pairs.map((pair) => {
    const one = byKey.deployed.get(pair.from)!;
    const obstacles =
      pair.from === pair.to ? [] : obstaclesTo(one, templates.get(one.location.stackName)!, provisioning);
    return { pair, one, obstacles };
  });
  const movable = judged.filter(({ pair, obstacles }) => pair.from !== pair.to && obstacles.length === 0);
  const { steps, alone } = divide(
    movable.map(({ pair: { from: source, to } }) => ({ from: source, to })),
    target.map(({ stackName }) => stackName),
  );
  const isAlone = new Set(alone.map((move) => move.from));
  const moves = new Map(movable.filter(({ pair }) => !isAlone.has(pair.from)).map(({ pair }) => [pair.from, pair.to]));

  const takingPart = new Set(steps.flatMap(({ targets }) => targets));
  const rendered = render(
    [...from, ...present.filter(({ stackName }) => takingPart.has(stackName))],
    steps,
    input.importers,
  );
  const kept = new Map(
    pairings.pairs.filter((pair) => moves.has(pair.from) || pair.from === pair.to).map((pair) => [pair.to, pair.from]),
  );
  const differences = await differencesOf(
    [...kept].map(([to, source]) => ({
      key: to,
      deployed: byKey.deployed.get(source)!,
      target: byKey.target.get(to)!,
    })),
    namingByValue(knownValues(from, deployed, around), (key) => kept.get(key)),
  );
  const keptFrom = new Set(kept.values());
  const pairs = judged.map(({ pair, one, obstacles }): PairPlan => {
    const reasons = isAlone.has(pair.from) ? [ONLY_RENAMED] : obstacles;
    const moved = moves.has(pair.from);
    return {
      ...pair,
      type: one.type,
      physicalId: one.physicalId,
      fate: pair.from === pair.to ? 'stays' : moved ? 'moves' : 'cannot-move',
      obstacles: reasons,
      alternatives:
        reasons.length === 0
          ? []
          : alternativesFor(one, locationOf(pair.to).stackName, reasons, (key) => keptFrom.has(key)),
      difference: differences.get(pair.to),
    };
  });
  const asked = new Set(pairs.map(({ type }) => type));
  return {
    environment,
    account: around.account,
    region: around.region,
    from: from.map(({ stackName }) => stackName),
    pairs,
    ambiguous: pairings.ambiguous,
    onlyDeployed: pairings.onlyDeployed.map((key) => {
      const { type, physicalId, definition } = byKey.deployed.get(key)!;
      return { key, type, physicalId, deletionPolicy: definition.DeletionPolicy ?? 'Delete' };
    }),
    onlyTarget: pairings.onlyTarget.map((key) => ({ key, type: byKey.target.get(key)!.type })),
    steps: stepsOf(input, rendered, pairs, byKey.deployed),
    deploys: deploysOf(target, wanted, pairings.pairs, pairs),
    parameters: parametersToGive(target, parameters),
    droppedOutputs: rendered.droppedOutputs.map(({ stackName, output }) => `${stackName}/${output}`),
    unaskedTypes: [...asked].filter((type) => provisioning(type) === undefined).sort(),
  };
}

const ONLY_RENAMED =
  'only its logical id changes, in a stack that takes part in nothing else, and a refactor works between two stacks at least';

const indexed = (all: readonly Candidate[]) => new Map(all.map((one) => [one.key, one]));

function stepsOf(
  { from, present, target }: MigrationInput,
  { preparation, steps }: Rendered,
  pairs: readonly PairPlan[],
  deployed: ReadonlyMap<string, Candidate>,
): MigrationStep[] {
  const existing = new Set([...from, ...present].map(({ stackName }) => stackName));
  const latest = new Map(preparation);
  const refactors = steps.map(({ step, templates }): MigrationStep => {
    const stacks = [...templates].map(([stackName, template]) => ({
      stackName,
      template,
      isNew: !existing.has(stackName),
    }));
    for (const { stackName, template } of stacks) {
      existing.add(stackName);
      latest.set(stackName, template);
    }
    return { kind: 'refactor', moves: step.moves, stacks };
  });
  const isTarget = (name: string) => target.some(({ stackName }) => stackName === name);
  const kept = new Set(pairs.filter(({ fate }) => fate !== 'cannot-move').map((pair) => pair.from));
  const exclusive = new Set(
    pairs
      .filter(
        ({ fate, from: key }) =>
          fate === 'cannot-move' && excludesAnother(deployed.get(key)!, (other) => kept.has(other)),
      )
      .map((pair) => pair.from),
  );
  const releases = from.flatMap(({ stackName, template }): MigrationStep[] => {
    const release = releaseOf(stackName, latest.get(stackName) ?? template, exclusive);
    return release ? [{ kind: 'release', stackName, ...release }] : [];
  });
  const released = new Set(releases.flatMap((step) => (step.kind === 'release' ? step.resources : [])));
  const moved = new Set(pairs.filter(({ fate }) => fate === 'moves').map((pair) => pair.from));
  return [
    ...[...preparation].map(([stackName, template]): MigrationStep => ({ kind: 'prepare', stackName, template })),
    ...refactors,
    ...releases,
    { kind: 'deploy' },
    ...from
      .filter(({ stackName }) => !isTarget(stackName))
      .map(({ stackName, template }): MigrationStep => {
        const keys = resourcesOf(template).map(([logicalId]) => keyOf({ stackName, logicalId }));
        return { kind: 'delete', stackName, resources: keys.filter((key) => !moved.has(key) && !released.has(key)) };
      }),
  ];
}

function deploysOf(
  target: readonly TargetLayout[],
  wanted: readonly Candidate[],
  pairings: readonly Pairing[],
  pairs: readonly PairPlan[],
): DeployPlan[] {
  const moved = new Map(pairs.filter(({ difference }) => difference).map((pair) => [pair.to, pair]));
  const touched = new Set(pairings.map(({ to }) => locationOf(to).stackName));
  return target
    .filter(({ stackName }) => touched.has(stackName))
    .map(({ stackName }) => {
      const own = wanted.filter(({ location }) => location.stackName === stackName);
      const kept = own.flatMap(({ key }) => (moved.has(key) ? [{ key, ...moved.get(key)!.difference! }] : []));
      return {
        stackName,
        adds: own.filter(({ key }) => !moved.has(key)).map(({ key }) => key),
        changes: kept.filter(({ effect }) => effect !== 'none'),
        rewrites: kept.filter(({ effect }) => effect === 'none').length,
      };
    });
}

/** What the old stacks have for parameters that are neither SSM parameters nor secret. */
function parametersOf(from: readonly DeployedLayout[]): Map<string, string> {
  return new Map(
    from.flatMap(({ template, parameters }) =>
      Object.entries(template.Parameters ?? {})
        .filter(([name, parameter]) => !isSsmValue(parameter) && !isSecret(parameter) && parameters[name] !== undefined)
        .map(([name]): [string, string] => [name, valueOfParameter(parameters[name]!)]),
    ),
  );
}

function parametersToGive(target: readonly TargetLayout[], deployed: ReadonlyMap<string, string>) {
  const found = new Map<string, { name: string; value: string; default: string }>();
  for (const { template } of target) {
    for (const [name, parameter] of Object.entries(template.Parameters ?? {})) {
      const value = deployed.get(name);
      const standard = parameter.Default === undefined ? '' : String(parameter.Default);
      if (value !== undefined && !isSsmValue(parameter) && value !== standard)
        found.set(name, { name, value, default: standard });
    }
  }
  return [...found.values()];
}
