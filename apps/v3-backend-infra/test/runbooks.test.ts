import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nxCdk } from '../cdk.json';
import { blocksOf, runbookBlocks, runbookFiles, RUNBOOKS } from '../e2e/runbooks';

const WORKSPACE = join(__dirname, '../../..');
const ENGINE = join(WORKSPACE, 'tools/nx-cdk/src');

/** All texts of the engine, where a text in several pieces is one, and `…` stands for what is put in. */
function engineTexts(): string {
  return readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(ENGINE, file), 'utf8'))
    .join('\n')
    .replace(/['`]\s*\+\s*['`]/g, '')
    .replace(/\$\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, '…');
}

describe('the runbooks', () => {
  test('are all in the index', () => {
    expect(runbookFiles().sort()).toEqual(readdirSync(RUNBOOKS).sort());
  });

  test('say of each block of commands that it is run, or why not', () => {
    expect(runbookBlocks().length).toBeGreaterThan(20);
    expect(() => blocksOf('x.md', 'a\n```bash\nnpm ci\n```\n')).toThrow('x.md:2: "bash" says neither');
    expect(() => blocksOf('x.md', '```bash not-run=""\nnpm ci\n```\n')).toThrow('says neither');
    expect(() => blocksOf('x.md', '```\nnpm ci\n```\n')).toThrow('says neither');
    expect(blocksOf('x.md', '```bash run\nnpm ci\n```\n```bash not-run="no"\nb\n```')).toEqual([
      { at: 'x.md:1', commands: 'npm ci', notRun: undefined },
      { at: 'x.md:4', commands: 'b', notRun: 'no' },
    ]);
  });

  test('link to files that exist', () => {
    for (const file of runbookFiles()) {
      const links = [...readFileSync(join(RUNBOOKS, file), 'utf8').matchAll(/\]\(([^)#]+)\)/g)].map(
        ([, link]) => link!,
      );
      for (const link of links) expect(() => readFileSync(join(RUNBOOKS, link))).not.toThrow();
    }
  });

  test('use npm scripts that exist, and environments by variable', () => {
    const { scripts } = JSON.parse(readFileSync(join(WORKSPACE, 'package.json'), 'utf8')) as { scripts: object };
    for (const { commands } of runbookBlocks()) {
      for (const [, script] of commands.matchAll(/npm run (\S+)/g)) expect(Object.keys(scripts)).toContain(script);
      for (const [, name] of commands.matchAll(/--configuration=(\w+)/g)) {
        expect(Object.keys(nxCdk.environments)).not.toContain(name);
      }
    }
  });

  test('explain messages that the engine has', () => {
    const texts = engineTexts();
    const document = readFileSync(join(RUNBOOKS, 'engine-failures.md'), 'utf8');
    const messages = [...document.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, message]) => message!);
    expect(messages.length).toBeGreaterThan(50);
    const pieces = (message: string) => message.split('…').map((piece) => piece.replace(/^[\s.,:]+|[\s.,:(]+$/g, ''));
    const unknown = messages.filter((message) => !pieces(message).every((piece) => texts.includes(piece)));
    expect(unknown).toEqual([]);
  });
});
