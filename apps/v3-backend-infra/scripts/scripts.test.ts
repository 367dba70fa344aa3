import { baseCommit } from './deploy-affected';
import { nxArguments } from './deploy-sequential';

describe('npm run deploy-sequential', () => {
  test.each([
    [['development'], ['--configuration=development']],
    [
      ['prod', 'v1.2'],
      ['--configuration=production', '--imageTag=v1.2'],
    ],
    [['dev', ''], ['--configuration=development']],
    [
      ['dev', 'v1', '--infra-only'],
      ['--configuration=development', '--imageTag=v1', '--infraOnly'],
    ],
    [
      ['--infra-only', 'stage'],
      ['--configuration=staging', '--infraOnly'],
    ],
  ])('%j is a deploy with %j', (given, options) => {
    expect(nxArguments(given)).toEqual(['run', 'v3-backend-infra:deploy', ...options]);
  });

  test.each([
    [[], 'The environment is missing'],
    [['qa'], 'Unknown environment "qa"'],
    [['dev', 'v1', 'v2'], 'Unexpected arguments: v2'],
    [['dev', '--infra'], '--infra'],
  ])('%j is refused: %s', (given, problem) => expect(() => nxArguments(given)).toThrow(problem));
});

describe('npm run deploy:affected', () => {
  const COMMIT = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

  test('the base is the commit that is printed', () => {
    expect(baseCommit(`${COMMIT}\n`)).toBe(COMMIT);
    expect(baseCommit(`\n> nx run v3-backend-infra:base\n\n${COMMIT}\n\n`)).toBe(COMMIT);
  });

  test.each(['', 'main\n', COMMIT.slice(1), `${COMMIT}\n${COMMIT}\n`])(
    'without one commit, nothing is compared and nothing ships: %j',
    (printed) => expect(() => baseCommit(printed)).toThrow('The base is no commit'),
  );
});
