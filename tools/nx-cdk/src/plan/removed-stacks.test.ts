import { removedStacks } from './removed-stacks';

const find = (
  deployed: string[],
  {
    pattern = 'shop-{environment}-{stack}',
    environment = 'dev',
    environments = ['dev', 'production'],
    app = ['shop-dev-cart'],
  } = {},
) => removedStacks({ pattern, environment, environments }, deployed, new Set(app));

test('a deployed stack that is named like the app’s and is no longer part of it', () => {
  expect(find(['shop-dev-cart', 'shop-dev-zone', 'shop-dev-old-zone', 'CDKToolkit', 'other'])).toEqual([
    'shop-dev-zone',
    'shop-dev-old-zone',
  ]);
});

test('another environment’s stacks are not taken, also where one name begins the other', () => {
  const environments = ['dev', 'development', 'dev-eu'];
  const deployed = ['shop-dev-zone', 'shop-development-zone', 'shop-dev-eu-zone', 'shop-production-zone'];
  expect(find(deployed, { environments })).toEqual(['shop-dev-zone']);
  expect(find(deployed, { environments, environment: 'development' })).toEqual(['shop-development-zone']);
  expect(find(deployed, { environments, environment: 'dev-eu' })).toEqual(['shop-dev-eu-zone']);
});

test('nested stacks belong to their parents, whether these are part of the app or not', () => {
  const nested = ['shop-dev-cart-ApiNestedStack-1A2B3C4D5E6F7', 'shop-dev-zone-Nested1-ABCDEFGHIJKL'];
  expect(find(['shop-dev-cart', 'shop-dev-zone', ...nested])).toEqual(['shop-dev-zone']);
});

test.each([
  '{stack}',
  '{environment}-{stack}',
  '{stack}-{environment}',
  'x-{stack}',
  'shop{stack}',
  'shop-{environment}{stack}',
])('the pattern %s does not tell whose a stack is, and finds none', (pattern) => {
  expect(find(['shop-dev-zone', 'dev-zone', 'zone-dev', 'x-zone', 'shopzone', 'shop-devzone'], { pattern })).toEqual(
    [],
  );
});

test('the placeholders may stand in any order, and {stack} more than once', () => {
  const pattern = '{stack}-of-shop-{environment}';
  expect(find(['zone-of-shop-dev', 'zone-of-shop-production'], { pattern })).toEqual(['zone-of-shop-dev']);
  expect(find(['shop-a-a', 'shop-a-b'], { pattern: 'shop-{stack}-{stack}' })).toEqual(['shop-a-a']);
});

test('the text of a pattern and of an environment is taken as it stands', () => {
  expect(find(['shopXdev-zone'], { pattern: 'shop.{environment}-{stack}' })).toEqual([]);
});
