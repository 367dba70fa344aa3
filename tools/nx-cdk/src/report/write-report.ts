import { join } from 'node:path';
import { writeWhole } from '../files/write-whole';
import { toHtml } from './html/page';
import { toMarkdown } from './markdown';
import { reportFolder, type RunReport } from './report';

/**
 * Writes a report as JSON, Markdown and HTML. A reader sees the old files or the new ones, never half of one.
 *
 * @returns the files, relative to the workspace.
 */
export function writeReport(workspaceRoot: string, report: RunReport): string[] {
  const folder = reportFolder(report.environment);
  const contents = {
    'report.json': `${JSON.stringify(report, undefined, 2)}\n`,
    'report.md': toMarkdown(report),
    'report.html': toHtml(report),
  };
  return Object.entries(contents).map(([name, content]) => {
    const file = `${folder}/${name}`;
    writeWhole(join(workspaceRoot, file), content);
    return file;
  });
}
