import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { type SynthesizedStack, synthesizeConfig } from './assembly';
import { PROTECTIONS } from './protections';
import { RULES } from './rules';

const config = loadEnvironmentConfig('production');

describe('the rules over the templates', () => {
  const intact = JSON.stringify(synthesizeConfig(config, true));

  test.each(PROTECTIONS)('%s fails, and no other, when its protection is taken away', (name, takeAway) => {
    const stacks: SynthesizedStack[] = JSON.parse(intact);
    takeAway(stacks);
    expect(RULES.filter((rule) => rule(stacks, config).length > 0).map((rule) => rule.name)).toEqual([name]);
  });

  test('all have been seen to fail', () => {
    expect(new Set(PROTECTIONS.map(([name]) => name))).toEqual(new Set(RULES.map((rule) => rule.name)));
  });
});
