import { diff } from '../../engine/diff';
import { DIFF_OPTIONS, type DiffOptions, parseDiffOptions } from '../../options/inspection-options';
import { type AppDiff, destructiveOf, differing, summaryOf } from '../../report/diff';
import { diffMarkdown } from '../../report/diff-markdown';
import { diffText } from '../../report/diff-text';
import { deliver } from '../deliver';
import { executorOf } from '../operation';

const FORMATS: Readonly<Record<DiffOptions['format'], (diff: AppDiff) => string>> = {
  text: diffText,
  markdown: diffMarkdown,
  json: (found) => JSON.stringify(found, undefined, 2),
};

/** Says what a deploy would change. */
export default executorOf({
  name: 'diff',
  kinds: DIFF_OPTIONS,
  parse: parseDiffOptions,
  run: async (request, parts) => {
    const { format, output, failOn } = request.options;
    const found = await diff(request, parts);
    deliver(FORMATS[format](found), output, request.workspaceRoot, parts.say);
    if (output !== undefined) parts.say(summaryOf(found));
    const failing = failOn === undefined ? [] : failOn === 'any' ? differing(found) : destructiveOf(found);
    return found.problems.length === 0 && failing.length === 0;
  },
});
