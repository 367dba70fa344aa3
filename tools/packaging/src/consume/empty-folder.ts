import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { run } from '../command';
import { type Place } from './app';
import { type NpmRegistry } from './npm-registry';
import { synthesize, WORKSPACE } from './workspace';

/** Later than what the libraries are built with, and the apps of `apps/consumers` have: the lowest that they work with. */
const RECENT_CDK = '2.276.0';

/**
 * Somebody who has nothing but the README of the alb library: installs it into an empty folder, copies the example of a
 * whole app, synthesizes it, and looks up in the editor what its classes are.
 *
 * The app is of ES modules, where those of `apps/consumers` are of CommonJS.
 *
 * @throws Error if any of it does not work
 */
export async function useInEmptyFolder({ work }: Place, registry: NpmRegistry): Promise<void> {
  const folder = join(work, 'empty');
  mkdirSync(folder);
  await run('npm', ['init', '--yes'], { cwd: folder });
  await run('npm', ['pkg', 'set', 'type=module'], { cwd: folder });
  registry.useIn(folder);
  const packages = [`aws-cdk-lib@${RECENT_CDK}`, 'constructs', '@v3-backend/alb'];
  await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  const app = join(folder, 'app.ts');
  writeFileSync(app, wholeApp(readFileSync(join(WORKSPACE, 'libs/alb/README.md'), 'utf8')));
  assertReadable(app);
  const output = ts.transpileModule(readFileSync(app, 'utf8'), { compilerOptions: { module: ts.ModuleKind.ESNext } });
  writeFileSync(join(folder, 'app.js'), output.outputText);
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
  const template = (await synthesize(folder, 'Shop')) as { Resources: Record<string, { Type: string }> };
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  assert(types.includes('AWS::ElasticLoadBalancingV2::LoadBalancer'), `There is no load balancer in ${types}`);
}

/** The example in a README that is an app by itself. */
export function wholeApp(readme: string): string {
  const examples = [...readme.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
  const [app, ...others] = examples.filter((code) => code.includes('new App('));
  assert(app !== undefined && others.length === 0, 'One example of a README must be a whole app');
  return app;
}

/** Types are right, and "go to definition" and a hover lead to declarations with their documentation. */
function assertReadable(file: string): void {
  const options: ts.CompilerOptions = { module: ts.ModuleKind.Node20, strict: true, noEmit: true, types: [] };
  const { writeFile: _, ...host } = ts.createCompilerHost(options);
  const service = ts.createLanguageService({
    ...host,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
  });
  const diagnostics = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
  assert.deepEqual(
    diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    [],
  );
  const use = readFileSync(file, 'utf8').indexOf('PublicLoadBalancer');
  const [definition] = service.getDefinitionAtPosition(file, use) ?? [];
  assert(definition, 'PublicLoadBalancer has no definition');
  const path = relative(join(file, '..'), definition.fileName);
  assert.match(path, /^node_modules\/@v3-backend\/alb\/lib\/.+\.d\.ts$/);
  const hover = service.getQuickInfoAtPosition(file, use);
  assert.notEqual(ts.displayPartsToString(hover?.documentation), '', 'PublicLoadBalancer has no documentation');
}
