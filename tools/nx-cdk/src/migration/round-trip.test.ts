import { carryOut, placesOf } from '../testing/migration/carry-out';
import { planInScript } from '../testing/migration/plan-in-script';
import { randomSplit } from '../testing/migration/random-split';
import { ScriptedCloudFormation } from '../testing/scripted/scripted-cloudformation';
import { PLACEHOLDER } from './rendering';

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

/** Places without what the migration itself puts there. */
const places = (cloudFormation: ScriptedCloudFormation) =>
  new Map([...placesOf(cloudFormation)].filter(([, place]) => !place.endsWith(PLACEHOLDER.logicalId)));

describe.each(SEEDS)('random split %i', (seed) => {
  const { monolith, target, becomes } = randomSplit(seed);
  const cloudFormation = new ScriptedCloudFormation(new Map(), '/nowhere');
  cloudFormation.shipBehind(monolith.stackName, monolith.template);
  const before = places(cloudFormation);

  test('is found again, is carried out as the service demands, moves every resource, and can be taken back', async () => {
    const forth = await planInScript(cloudFormation, ['monolith'], target);
    expect(new Map(forth.pairs.map(({ from, to }) => [from, to]))).toEqual(becomes);
    expect(forth.pairs.filter(({ difference }) => difference!.effect !== 'none')).toEqual([]);
    carryOut(cloudFormation, forth.steps);
    const after = new Map([...before].map(([physical, place]) => [physical, becomes.get(place)]));
    expect(places(cloudFormation)).toEqual(after);

    const back = await planInScript(
      cloudFormation,
      target.map(({ stackName }) => stackName),
      [monolith],
    );
    carryOut(cloudFormation, back.steps);
    expect(places(cloudFormation)).toEqual(before);
  });
});
