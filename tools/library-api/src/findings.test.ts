import { judge } from './findings';

const removed = { key: 'removed:@shop/web.Site.paths', message: 'PROP @shop/web.Site.paths: has been removed' };

test('a finding without an exception is left', () => {
  expect(judge([removed], { file: 'accepted.txt', keys: [] })).toEqual({ findings: [removed], unused: [] });
});

test('a finding is excepted by its key, or by what its key begins with', () => {
  for (const key of [removed.key, 'removed:@shop/web.Site.*', 'removed:*']) {
    expect(judge([removed], { file: 'accepted.txt', keys: [key] })).toEqual({ findings: [], unused: [] });
  }
});

test('an exception for another key excepts nothing, and is named as unused', () => {
  const keys = ['removed:@shop/web.Site.path'];
  expect(judge([removed], { file: 'accepted.txt', keys })).toEqual({ findings: [removed], unused: keys });
});
