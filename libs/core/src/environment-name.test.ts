import { normalizeEnvironmentName } from './index';

describe('environment names', () => {
  test.each([
    ['dev', 'development'],
    ['develop', 'development'],
    ['development', 'development'],
    ['stage', 'staging'],
    ['staging', 'staging'],
    ['prod', 'production'],
    ['production', 'production'],
    ['local', 'local'],
    [' Prod ', 'production'],
  ])('%p means %p', (given, expected) => expect(normalizeEnvironmentName(given)).toBe(expected));

  test.each(['qa', '', 'constructor'])('%p is refused, and the message lists the known names', (name) => {
    expect(() => normalizeEnvironmentName(name)).toThrow(
      `Unknown environment ${JSON.stringify(name)}. Known environments: local; development (dev, develop); ` +
        'staging (stage); production (prod).',
    );
  });
});
