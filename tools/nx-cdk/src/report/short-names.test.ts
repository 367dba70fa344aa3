import { shortNames } from './short-names';

const short = (...names: string[]) => [...shortNames(names.map((stackName) => ({ stackName }))).values()];

describe('short names', () => {
  test('leave out the words that all stacks begin with', () => {
    expect(short('shop-dev-api', 'shop-dev-api-jobs', 'shop-dev-cart')).toEqual(['api', 'api-jobs', 'cart']);
  });

  test('are never empty, and whole where the stacks have nothing in common', () => {
    expect(short('shop', 'shop-cart')).toEqual(['shop', 'shop-cart']);
    expect(short('api', 'cart')).toEqual(['api', 'cart']);
    expect(short('shop-dev-api')).toEqual(['shop-dev-api']);
  });
});
