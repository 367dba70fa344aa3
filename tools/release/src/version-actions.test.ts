import { compatiblePeers } from './version-actions';

const peers = { '@shop/core': '2.0.0', '@shop/util': '1.0.0', 'aws-cdk-lib': '^2.270.0' };

test('peers that got the new version are accepted in every version compatible with it', () => {
  expect(compatiblePeers({ peerDependencies: peers }, ['@shop/core'])).toEqual({
    peerDependencies: { ...peers, '@shop/core': '^2.0.0' },
  });
});

test('a range stays as it is, so that nothing is done twice', () => {
  const { peerDependencies } = compatiblePeers({ peerDependencies: peers }, ['@shop/core']);
  expect(compatiblePeers({ peerDependencies }, ['@shop/core', 'aws-cdk-lib'])).toEqual({ peerDependencies });
});

test('a package without peers gets none', () => {
  expect(compatiblePeers({}, ['@shop/core'])).toEqual({});
});
