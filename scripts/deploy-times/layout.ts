import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { composeBackend } from '../../apps/v3-backend-infra/src/backend';
import { configOf, type Variant } from '../../apps/v3-backend-infra/src/variants';
import { readAssembly } from '../../tools/nx-cdk/src/assembly/read-assembly';
import { type ProjectFacts, readAppModel } from '../../tools/nx-cdk/src/config/app-model';
import { buildStackGraph, type StackGraph } from '../../tools/nx-cdk/src/stack-graph/stack-graph';

const ROOT = join(__dirname, '../..');
const APP = 'v3-backend-infra';

/** Synthesizes an environment in one of its layouts, and reads it as the deploy engine does. */
export function graphOf(environment: string, layout: Variant['layout']): StackGraph {
  const outdir = mkdtempSync(join(tmpdir(), 'deploy-times-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, stackTraces: false, context: contextOf() });
    composeBackend(app, configOf({ environment, ssl: true, references: 'ssm', layout }));
    app.synth();
    return buildStackGraph(readAssembly(outdir), readAppModel(ROOT, APP, projects()), environment);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const contextOf = () =>
  (JSON.parse(readFileSync(join(ROOT, 'apps', APP, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> })
    .context;

/** The app and its stacks, as their project.json say. */
function projects(): Record<string, ProjectFacts> {
  const app = `apps/${APP}`;
  const stacks = readdirSync(join(ROOT, app, 'stacks')).map((stack) => `${app}/stacks/${stack}`);
  return Object.fromEntries(
    [app, ...stacks].map((root) => {
      const { name, tags } = JSON.parse(readFileSync(join(ROOT, root, 'project.json'), 'utf8')) as {
        readonly name: string;
        readonly tags?: readonly string[];
      };
      return [name, { root, tags }];
    }),
  );
}
