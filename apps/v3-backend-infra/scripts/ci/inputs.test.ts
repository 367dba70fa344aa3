import { checkDeleteInputs, checkDeployInputs } from './inputs';

const DELETE_DEVELOPMENT = {
  ENVIRONMENT: 'dev',
  CONFIRM_ENVIRONMENT_NAME: 'dev',
  CONFIRM_DELETE: 'DELETE',
  REF: 'refs/heads/main',
};

const problemsOf = (inputs: Record<string, string>) => {
  const { outputs, problems } = checkDeleteInputs({ ...DELETE_DEVELOPMENT, ...inputs });
  // Where anything is wrong, later jobs get nothing to go by.
  if (problems.length > 0) expect(outputs).toEqual({});
  return problems;
};

describe('the inputs of a deletion', () => {
  test('all three confirmed, from main: the environment by its full name goes to the job that gets credentials', () => {
    const { outputs, problems } = checkDeleteInputs(DELETE_DEVELOPMENT);
    expect(problems).toEqual([]);
    expect(outputs).toEqual({
      environment: 'development',
      account: expect.stringMatching(/^\d{12}$/),
      region: expect.stringMatching(/^[a-z]+-[a-z]+-\d$/),
    });
  });

  test.each([
    ['dev', 'development'],
    ['development', 'development'],
    ['prod', 'production'],
    ['production', 'production'],
    ['staging', 'staging'],
  ])('%s may be confirmed as %s', (ENVIRONMENT, CONFIRM_ENVIRONMENT_NAME) => {
    expect(problemsOf({ ENVIRONMENT, CONFIRM_ENVIRONMENT_NAME })).toEqual([]);
  });

  test.each([
    ['another environment', 'staging'],
    ['another environment’s short name', 'prod'],
    ['nothing', ''],
    ['a blank behind it', 'dev '],
    ['a blank before it', ' dev'],
    ['a line end', 'dev\n'],
    ['capitals', 'DEV'],
    ['quotes', '"dev"'],
    ['a placeholder left as it was', '{env}'],
    ['something for the shell', 'dev; rm -rf /'],
    ['something for the shell, substituted', '$(echo dev)'],
  ])('the name is not confirmed by %s', (_what, CONFIRM_ENVIRONMENT_NAME) => {
    expect(problemsOf({ CONFIRM_ENVIRONMENT_NAME })).toEqual([
      expect.stringMatching(/^confirm_environment_name: .* type dev or development, and nothing else\.$/),
    ]);
  });

  test.each(['delete', 'Delete', 'DELETE ', ' DELETE', 'DELETE\n', '"DELETE"', 'DELETE!', 'yes', 'true', ''])(
    '%j does not confirm a deletion',
    (CONFIRM_DELETE) => {
      expect(problemsOf({ CONFIRM_DELETE })).toEqual([
        expect.stringMatching(/^confirm_delete: .* type DELETE, in capitals, and nothing else\.$/),
      ]);
    },
  );

  test.each(['qa', '', 'local', '*', 'development;', '../production', 'constructor', '__proto__', 'dev\nprod'])(
    'there is no environment %j in AWS, even if it is confirmed as it was given',
    (ENVIRONMENT) => {
      const problems = problemsOf({ ENVIRONMENT, CONFIRM_ENVIRONMENT_NAME: ENVIRONMENT });
      expect(problems[0]).toMatch(/^environment: /);
    },
  );

  test.each(['refs/heads/main2', 'refs/heads/feature', 'refs/tags/main', 'refs/pull/7/merge', 'main', ''])(
    'nothing is deleted from %j',
    (REF) => expect(problemsOf({ REF })).toEqual([expect.stringContaining('from main only')]),
  );

  test('everything that is wrong is told at once', () => {
    const wrong = { ENVIRONMENT: 'qa', CONFIRM_ENVIRONMENT_NAME: 'dev', CONFIRM_DELETE: 'delete', REF: 'refs/heads/x' };
    expect(problemsOf(wrong)).toHaveLength(4);
    expect(checkDeleteInputs({}).problems).toHaveLength(4);
  });

  test('what was typed is shown on one line, so that it cannot speak to the runner', () => {
    const hostile = 'x\n::add-path::/tmp';
    const inputs = { ENVIRONMENT: hostile, CONFIRM_ENVIRONMENT_NAME: hostile, CONFIRM_DELETE: hostile, REF: hostile };
    expect(problemsOf(inputs)).toHaveLength(4);
    expect(problemsOf(inputs).join('')).not.toContain('\n');
  });
});

describe('the inputs of a deployment', () => {
  const check = (ENVIRONMENT: string, IMAGE_TAG = '') => checkDeployInputs({ ENVIRONMENT, IMAGE_TAG });

  test.each([
    ['dev', 'development'],
    ['stage', 'staging'],
    ['prod', 'production'],
    [' Production ', 'production'],
  ])('%j means %s', (given, environment) => {
    expect(check(given, 'v1.2.3').outputs).toMatchObject({ environment, 'image-tag': 'v1.2.3' });
  });

  test('no image tag keeps the image that runs', () => expect(check('dev').problems).toEqual([]));

  test.each(['1.10', 'main-3f2a1c0', '_x', `sha256:${'0'.repeat(64)}`])('%s names an image', (tag) => {
    expect(check('dev', tag)).toMatchObject({ problems: [], outputs: { 'image-tag': tag } });
  });

  test.each([
    'v1 ',
    ' ',
    '-rf',
    'v1; curl example.org',
    '$(id)',
    '`id`',
    '"v1"',
    "'v1'",
    'v1 --allowDestructive=Database',
    'v1\nenvironment=production',
    '${{ secrets.TOKEN }}',
    'repository:v1',
    'a'.repeat(129),
    'sha256:abc',
  ])('%j names none', (tag) => {
    const { outputs, problems } = check('dev', tag);
    expect(problems).toEqual([expect.stringMatching(/^image_tag: .* is not a valid image tag/)]);
    expect(outputs).toEqual({});
  });

  test.each(['', 'qa', 'local', 'dev prod'])('%j is no environment in AWS', (given) => {
    expect(check(given).problems).toEqual([expect.stringMatching(/^environment: /)]);
  });
});
