import { checkPinnedActions } from './pinned-actions';
import { parseWorkflow } from './workflow';

const COMMIT = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd';

function said(...actions: string[]): string[] {
  const text = ['jobs:', '  a:', '    steps:', ...actions.map((action) => `      - uses: ${action}`)].join('\n');
  return checkPinnedActions([parseWorkflow('.github/workflows/x.yml', text)]).map(({ message }) => message);
}

describe('actions', () => {
  test('a full commit with its version is what they are pinned by', () => {
    expect(said(`actions/checkout@${COMMIT} # v6.0.2`, `actions/cache/restore@${COMMIT} # v5.0.3`)).toEqual([]);
  });

  test.each([
    'actions/checkout@v6',
    'actions/checkout@main',
    'actions/checkout@de0fac2 # v6.0.2',
    `actions/checkout@${COMMIT}`,
    `actions/checkout@${COMMIT} # v6`,
    `actions/checkout@${COMMIT} # latest`,
    './.github/actions/setup',
  ])('%s is not pinned', (action) => expect(said(action)).toEqual([expect.stringContaining(action)]));

  test('two versions of one action are told apart', () => {
    const other = COMMIT.replace('d', 'e');
    const [finding, ...more] = said(`actions/checkout@${COMMIT} # v6.0.2`, `actions/checkout@${other} # v6.0.2`);
    expect(more).toEqual([]);
    expect(finding).toContain(COMMIT);
    expect(finding).toContain(other);
  });
});
