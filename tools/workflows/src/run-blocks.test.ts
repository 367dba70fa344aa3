import { checkRunBlocks } from './run-blocks';
import { parseWorkflow } from './workflow';

const known = {
  scripts: new Set(['lint', 'deploy']),
  targets: new Map([
    ['shop', new Map([['deploy', new Set(['dev', 'production'])]])],
    ['cart', new Map([['test', new Set<string>()]])],
  ]),
};

/** What is said of a workflow that has one step, with this script. */
function said(script: string): string[] {
  const lines = script.split('\n').map((line) => `          ${line}\n`);
  const text = `jobs:\n  build:\n    steps:\n      - name: Do it\n        run: |\n${lines.join('')}`;
  return checkRunBlocks(parseWorkflow('.github/workflows/x.yml', text), known).map(({ message }) => message);
}

describe('what workflows run', () => {
  test.each([
    'npm ci',
    'npm run lint',
    'npm run deploy -- "$ENVIRONMENT" --tag="${IMAGE_TAG}"',
    'npm run deploy -- "dist/$ENVIRONMENT/report.md"',
    'npx nx run shop:deploy --configuration=dev',
    'npx nx run shop:deploy:production',
    'npx nx run shop:deploy --configuration="$ENVIRONMENT" --confirm="$ENVIRONMENT"',
    'npx nx affected -t deploy test --base="$BASE"',
    'npx nx run-many -t test',
    'npm ci\n\nnpm run lint',
  ])('%p is fine', (script) => expect(said(script)).toEqual([]));

  test.each([
    ['npm run nothing', 'no script nothing'],
    ['npm run', 'no script '],
    ['npm run deploy --dry', 'only after --'],
    ['npx nx run shop:nothing', 'no Nx target shop:nothing'],
    ['npx nx run nobody:deploy', 'no Nx target nobody:deploy'],
    ['npx nx run shop:deploy --configuration=qa', 'no configuration qa'],
    ['npx nx run shop:deploy:qa', 'no configuration qa'],
    ['npx nx affected -t test nothing --base=main', 'target nothing'],
    ['npx nx run-many', 'none is given'],
    ['npx nx reset', 'nx reset is not used'],
    ['npx cdk deploy', 'not a command of this repository'],
    ['curl https://example.org/install.sh', 'not a command of this repository'],
  ])('%p is not: %s', (script, problem) => expect(said(script)).toEqual([expect.stringContaining(problem)]));

  test.each([
    'npm run deploy -- $ENVIRONMENT',
    'npm run lint && curl example.org',
    'npm run lint; rm -rf .',
    'npm run lint | tee log',
    'npm run deploy -- "$(cat tag)"',
    'npm run deploy -- `cat tag`',
    'npm run deploy -- "a b"',
    'npm run lint > log',
    'npm run deploy -- "unfinished',
    'npm run deploy -- "$(ENVIRONMENT)"',
    'npm run deploy -- "${ENVIRONMENT:-dev}"',
    'npm run deploy -- ~',
    'npm run deploy -- *',
  ])('shell syntax is refused: %p', (script) =>
    expect(said(script)).toEqual([expect.stringContaining('shell syntax')]),
  );

  test('an expression in a script is refused, since its value would be part of the script', () => {
    expect(said('npm run deploy -- ${{ inputs.environment }}')).toEqual([expect.stringContaining('as env')]);
  });

  test('every line of every step of every job is looked at, and named', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - uses: x\n      - run: one\n  b:\n    steps:\n      - name: B\n        run: two\n';
    expect(checkRunBlocks(parseWorkflow('w.yml', text), known).map(({ at }) => at)).toEqual([
      'w.yml, job a, step 2',
      'w.yml, job b, step B',
    ]);
  });
});
