import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import setUp from '../e2e/global-setup';
import { removeRunFolder } from '../e2e/run-folder';
import { BenchWorkspace, succeeds } from './bench-workspace';
import { isMet, type Section } from './figures';
import { type BenchOptions, type Part, PARTS, readOptions } from './options';
import { type Machine, renderPage } from './page';
import { computeChange } from './sections/compute-change';
import { firstDeploy } from './sections/first-deploy';
import { nothingChanged } from './sections/nothing-changed';
import { planning } from './sections/planning';
import { slowEndpoint } from './sections/slow-endpoint';
import { synth } from './sections/synth';

const ROOT = join(__dirname, '../../..');
const say = (line: string) => process.stdout.write(`${line}\n`);

const SECTIONS: Readonly<
  Record<Part, (bench: BenchWorkspace, rounds: number, say: (line: string) => void) => Promise<Section>>
> = {
  synth,
  'first-deploy': firstDeploy,
  'nothing-changed': nothingChanged,
  'compute-change': withMonolith,
  'slow-endpoint': slowEndpoint,
  planning,
};

/** Measures, and writes the page if everything was measured; fails when a statement does not hold. */
async function main(options: BenchOptions): Promise<boolean> {
  await setUp();
  try {
    const sections: Section[] = [];
    const bench = await BenchWorkspace.create();
    await bench.startEndpoint();
    await succeeds(bench.deploy());
    for (const part of options.parts) {
      say(`${part}:`);
      sections.push(await SECTIONS[part](bench, options.rounds, say));
    }
    await bench.dispose();
    const page = renderPage({
      date: new Date().toISOString().slice(0, 10),
      rounds: options.rounds,
      machine: machine(),
      sections,
    });
    const file = join(ROOT, options.parts.length === PARTS.length ? 'docs/benchmarks.md' : 'dist/bench/benchmarks.md');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await format(page, { ...(await resolveConfig(file)), parser: 'markdown' }));
    say(`${page}\n${file}`);
    return sections.every(({ targets }) => targets.every(isMet));
  } finally {
    removeRunFolder();
  }
}

/** The monolithic layout is deployed to an endpoint of its own. */
async function withMonolith(bench: BenchWorkspace, rounds: number, tell: (line: string) => void): Promise<Section> {
  const monolithic = await BenchWorkspace.create();
  monolithic.useMonolith();
  await monolithic.startEndpoint();
  await succeeds(monolithic.deploy());
  try {
    return await computeChange(bench, monolithic, rounds, tell);
  } finally {
    await monolithic.dispose();
  }
}

function machine(): Machine {
  const version = (name: string) =>
    (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  return {
    processor: cpus()[0]?.model.trim() ?? 'an unknown processor',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    versions: {
      node: process.versions.node,
      ...Object.fromEntries(
        ['nx', 'aws-cdk', '@aws-cdk/toolkit-lib', 'aws-cdk-lib'].map((name) => [name, version(name)]),
      ),
    },
  };
}

async function run(): Promise<void> {
  let options: BenchOptions;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
    return;
  }
  process.exitCode = (await main(options)) ? 0 : 1;
}

void run();
