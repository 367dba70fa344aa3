import { isMet, type Section } from './figures';

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The page of a run. */
export interface Page {
  readonly date: string;
  readonly rounds: number;
  readonly machine: Machine;
  readonly sections: readonly Section[];
}

/** The page as Markdown. */
export function renderPage({ date, rounds, machine, sections }: Page): string {
  const { processor, cores, memoryGiB, system, versions } = machine;
  const installed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench`. Whole processes are measured, from start to end, at a local endpoint; each side of a ' +
      'comparison ran in turn with the others, and every time is the median, with the range in parentheses. Times at a ' +
      'local endpoint say nothing about AWS, where resources take minutes: what can be compared is what the tools add. What ' +
      'to expect on AWS is computed by a model, see [deploy times](deploy-times.md).',
    '',
    `${date}, ${rounds} rounds. ${cores} cores of ${processor}, ${memoryGiB} GiB, ${system}. ${installed.join(', ')}.`,
    ...sections.flatMap(renderSection),
    '',
  ].join('\n');
}

function renderSection({ title, text, header, rows, notes = [], targets }: Section): string[] {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    '',
    `## ${title}`,
    '',
    text,
    '',
    row(header),
    row(header.map(() => '---')),
    ...rows.map(row),
    ...notes.flatMap((note) => ['', note]),
    ...(targets.length === 0 ? [] : ['']),
    ...targets.map((target) => {
      const { claim, measured, limit } = target;
      return `- ${isMet(target) ? 'Holds' : '**Does not hold**'}: ${claim} (${figure(measured)}, limit ${figure(limit)}).`;
    }),
  ];
}

const figure = (value: number) => String(Math.round(value * 100) / 100);
