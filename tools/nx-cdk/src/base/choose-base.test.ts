import { formatBase, parseBase, withPending } from './base-record';
import { chooseBase, EMPTY_TREE, type History } from './choose-base';

/** HEAD is the last commit; each commit lists the files in which it differs from the first one. */
function history(commits: Record<string, readonly string[]>, { elsewhere = [] as string[] } = {}): History {
  const names = Object.keys(commits);
  return {
    has: (commit) => names.includes(commit) || elsewhere.includes(commit),
    isPartOfHead: (commit) => names.includes(commit),
    changedFiles: (from, to) => {
      if (from !== names[0]) throw new Error(`compares with ${from}`);
      return new Set(commits[to === 'HEAD' ? names.at(-1)! : to]);
    },
  };
}

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];

describe('the base is the commit last deployed', () => {
  test('when nothing else was tried since', () => {
    expect(chooseBase({ commit: A, pending: [] }, history({ [A]: [], [B]: ['x'] }))).toEqual({ revision: A });
  });

  test('when everything that was tried since is part of HEAD, or was mended there', () => {
    const tried = history({ [A]: [], [B]: ['x', 'y'], [C]: ['x', 'y', 'z'] });
    expect(chooseBase({ commit: A, pending: [B] }, tried)).toEqual({ revision: A });
  });
});

describe('everything counts as changed', () => {
  test.each<[string, Parameters<typeof chooseBase>, RegExp]>([
    ['when nothing was deployed yet', [{ commit: null, pending: [] }, history({ [A]: [] })], /no run/],
    [
      'when the commit is not in a shallow clone',
      [{ commit: B, pending: [] }, history({ [A]: [] })],
      /not in this clone/,
    ],
    [
      'when the commit is of another branch',
      [{ commit: B, pending: [] }, history({ [A]: [] }, { elsewhere: [B] })],
      /not part of what is checked out/,
    ],
    [
      'when files that nobody committed were shipped by a run that did not complete',
      [{ commit: A, pending: [null] }, history({ [A]: [], [B]: ['x'] })],
      /not committed/,
    ],
    [
      'when what was shipped by a run that did not complete is not in this clone',
      [{ commit: A, pending: [C] }, history({ [A]: [], [B]: ['x'] })],
      /c{40}, which is not in this clone/,
    ],
    [
      'when what was shipped by a run that did not complete was reverted since',
      [{ commit: A, pending: [B] }, history({ [A]: [], [B]: ['x', 'y'], [C]: ['y'] })],
      /changed in x is not part of HEAD/,
    ],
  ])('%s', (_claim, given, reason) => {
    expect(chooseBase(...given)).toEqual({ revision: EMPTY_TREE, everything: expect.stringMatching(reason) as string });
  });
});

describe('what was begun to ship', () => {
  test('is kept once each, and not at all when it is what is deployed', () => {
    const record = withPending(withPending({ commit: A, pending: [] }, B), null);
    expect(record).toEqual({ commit: A, pending: [B, null] });
    for (const again of [A, B, null]) expect(withPending(record, again)).toBe(record);
  });

  test('fits into a parameter however often it fails, and is then as good as unknown', () => {
    const commits = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(64, '0'));
    const record = commits.reduce(withPending, { commit: 'f'.repeat(64), pending: [] });
    expect(Buffer.byteLength(formatBase(record))).toBeLessThan(4096);
    expect(record.pending).toContain(null);
    expect(parseBase(formatBase(record))).toEqual(record);
  });

  test.each(['', '{', '{"commit":"--output=x","pending":[]}', '{"commit":null}'])('is not read from "%s"', (text) => {
    expect(parseBase(text)).toBeUndefined();
  });
});
