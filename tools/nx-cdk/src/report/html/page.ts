import { duration } from '../duration';
import { CHANGES } from '../changes';
import { countResults, isBad, type RunReport, type StackReport } from '../report';
import { shortNames } from '../short-names';
import { stackGraph } from './graph';
import { html, Markup } from './markup';
import { STYLE } from './style';
import { timeline } from './timeline';

type Names = ReadonlyMap<string, string>;

/** Stacks the run had nothing to do with. */
const QUIET = ['unchanged', 'excluded', 'absent'];

/** A report as one HTML page that needs nothing else: no script, no font, no network. */
export function toHtml(report: RunReport): string {
  const names = shortNames(report.stacks);
  const title = `${report.dryRun ? 'Dry run of ' : ''}${report.environment}: ${outcome(report)}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          ${header(report, title)} ${refusal(report)} ${failures(report, names)} ${notices(report)}
          ${report.stacks.length === 0 ? undefined : pictures(report, names)} ${stackSections(report, names)}
        </main>
      </body>
    </html>`;
  return `${page.text}\n`;
}

const outcome = ({ ok }: RunReport) => (ok ? 'succeeded' : 'failed');

function header(report: RunReport, title: string): Markup {
  const { account, region, commit, command, startedAt, finishedAt, stacks } = report;
  const facts: [string, string | Markup][] = [
    ['Account', account ?? 'unknown'],
    ['Region', region ?? 'unknown'],
    ['Commit', html`<code>${commit ?? 'none'}</code>`],
    ['Command', html`<code>${command}</code>`],
    ['Started', startedAt],
    ['Duration', duration(Date.parse(finishedAt) - Date.parse(startedAt))],
  ];
  return html`<header class="${outcome(report)}">
    <h1><span class="word">${report.ok ? '✔' : '✖'}</span> ${title}</h1>
    <p class="counts">${countResults(stacks) || 'no stacks'}</p>
    <dl class="facts">
      ${facts.map(
        ([term, fact]) =>
          html`<dt>${term}</dt>
            <dd>${fact}</dd>`,
      )}
    </dl>
  </header>`;
}

function refusal({ problems }: RunReport): Markup | undefined {
  if (problems.length === 0) return undefined;
  return section(
    'Refused',
    problems.map((problem) => html`<div class="card failed notice">${problem}</div>`),
  );
}

function failures({ stacks }: RunReport, names: Names): Markup | undefined {
  const failed = stacks.filter(({ result }) => result === 'failed');
  const blocked = stacks.filter(({ result }) => result === 'blocked');
  if (failed.length + blocked.length === 0) return undefined;
  return section('What went wrong', [
    ...failed.map(({ stackName, result, reason, error }) => {
      const [cause, ...more] = (error ?? reason).split('\n');
      return html`<article class="card failed">
        <h3>${names.get(stackName)}: <span class="word">${result}</span></h3>
        <p class="cause">${cause}</p>
        ${more.length === 0 ? undefined : html`<pre>${more.join('\n')}</pre>`}
        ${error === undefined ? undefined : html`<p class="muted">${reason}</p>`}
      </article>`;
    }),
    ...blocked.map(
      ({ stackName, reason }) =>
        html`<div class="card blocked">${names.get(stackName)}: <span class="word">blocked</span>, ${reason}</div>`,
    ),
  ]);
}

function notices({ notices }: RunReport): Markup | undefined {
  if (notices.length === 0) return undefined;
  return section(
    'What to know and to do',
    notices.map((notice) => html`<div class="card notice">${notice}</div>`),
  );
}

function pictures(report: RunReport, names: Names): Markup {
  const times = timeline(report, names);
  const scrolling = (label: string, picture: Markup) =>
    html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${picture}</div>`;
  return html`
    ${section('Stacks', [scrolling('Graph of the stacks', stackGraph(report.stacks, names))])}
    ${times && section('Timeline', [scrolling('Timeline', times)])}
  `;
}

function stackSections({ stacks }: RunReport, names: Names): Markup | undefined {
  const loud = stacks.filter(({ result }) => !QUIET.includes(result));
  const quiet = stacks.filter(({ result }) => QUIET.includes(result));
  return html`
    ${
      loud.length === 0
        ? undefined
        : section(
            'What changed, and why',
            loud.map((stack) => stackCard(stack, names)),
          )
    }
    ${
      quiet.length === 0
        ? undefined
        : section('Left alone', [
            html`<details>
              <summary>${countResults(quiet)}</summary>
              <table>
                ${quiet.map(
                  ({ stackName, result, reason }) =>
                    html`<tr>
                      <td>${names.get(stackName)}</td>
                      <td>${result}</td>
                      <td>${reason}</td>
                    </tr>`,
                )}
              </table>
            </details>`,
          ])
    }
  `;
}

function stackCard(stack: StackReport, names: Names): Markup {
  const { stackName, phase, result, reason, durationMs, resources, changes = [], startedAt } = stack;
  const facts = [
    ...(phase === null ? [] : [`phase ${phase}`]),
    ...(resources === undefined ? [] : [`${resources} ${resources === 1 ? 'resource' : 'resources'}`]),
    ...(startedAt === undefined ? [] : [duration(durationMs)]),
  ];
  return html`<article class="card ${result}">
    <h3>${names.get(stackName)}: <span class="word">${result}</span> <span class="muted">${facts.join(', ')}</span></h3>
    <p>${isBad(stack) ? 'See above.' : reason}</p>
    ${changes.length === 0 ? undefined : changeTable(stack)}
  </article>`;
}

function changeTable({ changes = [] }: StackReport): Markup {
  return html`<table>
    <tr>
      <th scope="col">Change</th>
      <th scope="col">Type</th>
      <th scope="col">Construct</th>
    </tr>
    ${changes.map(({ change, type, path, logicalId }) => {
      const { mark, word } = CHANGES[change];
      return html`<tr>
        <td class="change"><code>${mark}</code> ${word}</td>
        <td>${type}</td>
        <td>${path ?? logicalId}</td>
      </tr>`;
    })}
  </table>`;
}

function section(title: string, content: readonly Markup[]): Markup {
  return html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;
}
