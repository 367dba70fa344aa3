import { type SynthesizedStack, synthesize } from './assembly';
import { PROTECTIONS } from './protections';
import { RULES } from './rules';

const VARIANT = { environment: 'production', ssl: true, references: 'ssm', flags: true } as const;

describe('the rules over the templates', () => {
  const intact = JSON.stringify(synthesize(VARIANT));

  test.each(PROTECTIONS)('%s fails, and no other, when its protection is taken away', (name, takeAway) => {
    const stacks: SynthesizedStack[] = JSON.parse(intact);
    takeAway(stacks);
    expect(RULES.filter((rule) => rule(stacks, VARIANT).length > 0).map((rule) => rule.name)).toEqual([name]);
  });

  test('all have been seen to fail', () => {
    expect(new Set(PROTECTIONS.map(([name]) => name))).toEqual(new Set(RULES.map((rule) => rule.name)));
  });
});
