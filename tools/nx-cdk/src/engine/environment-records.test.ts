import type { AppModel } from '../config/app-model';
import { parsePluginConfig } from '../config/plugin-config';
import { recordKey } from './environment-records';

const app = (project: string, state?: string): AppModel => {
  const section = { stackName: '{stack}', environments: { dev: { environment: 'dev/eu' } }, state };
  return {
    project,
    root: '',
    command: '',
    context: {},
    config: parsePluginConfig(section, 'cdk.json'),
    stackProjects: [],
  };
};

test('records are kept below the configured path', () => {
  const key = recordKey(app('shop', '/acme/{environment}/deploy'), 'development', 'lock', 'eu-west-1');
  expect(key).toEqual({ name: '/acme/development/deploy/lock', region: 'eu-west-1' });
});

test('by default the path has the app’s and the environment’s name, in characters that SSM takes', () => {
  expect(recordKey(app('@acme/shop:2'), 'dev/eu', 'base', 'eu-west-1').name).toBe('/nx-cdk/-acme-shop-2/dev-eu/base');
});

test.each([
  ['acme/{environment}', 'must be an SSM path'],
  ['/acme/{environment}/', 'must be an SSM path'],
  ['/acme/{stack}/{environment}', 'must be an SSM path'],
  ['/acme', 'must contain the placeholder {environment}'],
  ['/AWS/{environment}', 'must not begin with "/aws"'],
  ['/ssm-state/{environment}', 'must not begin with "/aws"'],
])('a path %s is refused', (state, message) => {
  expect(() => app('shop', state)).toThrow(`nxCdk.state: ${message}`);
});
