import { FAILED_RUN, runReport, stackReport } from '../testing/sample-report';
import { toMarkdown } from './markdown';

describe('the report as a comment on a pull request', () => {
  const text = toMarkdown(FAILED_RUN);

  test('begins with the outcome and the totals', () => {
    expect(text).toMatch(/^## ✖ dev: failed\n\n\*\*1 unchanged, 1 updated, 1 failed, 1 blocked\*\* in 2 min 5 s\n/);
  });

  test('tells what went wrong before anything else, as CloudFormation put it', () => {
    const cause = text.indexOf('api/Service (AWS::ECS::Service): <no> such role\nmade at libs/api/service.ts:7');
    expect(cause).toBeGreaterThan(0);
    expect(cause).toBeLessThan(text.indexOf('| Phase |'));
  });

  test('lists what was worked on with the reason, the changes and the time', () => {
    expect(text).toContain('| 1 | queues | updated | 2 resources changed: Jobs, Old | 1 replace, 1 delete | 20.0 s |');
    expect(text).toContain('| 2 | alarms | blocked | it needs api |  |  |');
  });

  test('folds away what was left alone', () => {
    const [open, folded] = text.split('<details><summary>1 unchanged</summary>');
    expect(folded).toContain('| 1 | network | unchanged |');
    expect(open).not.toContain('| network |');
  });

  test('shows what somebody must do', () => {
    expect(text).toContain('### To know and to do\n\n```\nTell the partner the new queue.\n```');
  });

  test('lets no text of others become markup, mention somebody, or break the table or a fence', () => {
    const hostile = '<img src=x> | @team `a` **b**\n```\n# title';
    const report = runReport([stackReport('a', { result: 'failed', reason: hostile, error: hostile })]);
    const outside = toMarkdown(report).replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<img|@team|# title|\*\*b/);
    expect(toMarkdown(report)).toContain(`\`\`\`\`\n${hostile}\n\`\`\`\``);
  });

  test('stays within what a comment may have when errors are long', () => {
    const stacks = Array.from({ length: 14 }, (_, index) =>
      stackReport(`s${index}`, { result: 'failed', error: 'x'.repeat(20_000) }),
    );
    expect(toMarkdown(runReport(stacks)).length).toBeLessThan(65_536);
  });
});
