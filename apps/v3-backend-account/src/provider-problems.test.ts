import { type EnvironmentConfig, loadEnvironmentConfig } from '@v3-backend-infra/config';
import { providerProblems } from './provider-problems';

function environment(
  name: string,
  changes: { account?: string; protect?: boolean; github?: undefined; oidcProvider?: 'existing' },
): EnvironmentConfig {
  const { oidcProvider, ...others } = changes;
  const github = { repository: 'acme/shop', oidcProvider: oidcProvider ?? ('create' as const) };
  const config = { ...loadEnvironmentConfig('development'), environment: name, account: '111111111111', protect: true };
  return { ...config, github, ...others };
}

test('each account creates the provider once', () => {
  expect(providerProblems([environment('a', {}), environment('b', { account: '222222222222' })])).toEqual([]);
  expect(providerProblems([environment('a', {}), environment('b', { oidcProvider: 'existing' })])).toEqual([]);
});

test('two environments of an account that both create it are named', () => {
  expect(providerProblems([environment('a', {}), environment('b', {})])).toEqual([
    expect.stringMatching(/^a, b are all in account 111111111111, .* Set github\.oidcProvider: 'existing'/),
  ]);
});

test('what several environments need must outlive the one that creates it', () => {
  const creating = environment('a', { protect: false });
  expect(providerProblems([creating])).toEqual([]);
  expect(providerProblems([creating, environment('b', { github: undefined })])).toEqual([]);
  expect(providerProblems([creating, environment('b', { oidcProvider: 'existing' })])).toEqual([
    expect.stringMatching(/^a creates the OIDC provider .* and b needs it, too/),
  ]);
});
