import type { TargetConfiguration } from '@nx/devkit';
import { name as plugin } from '../../package.json';
import type { PluginConfig } from '../config/plugin-config';

/** What of the workspace the inferred targets depend on. */
export interface WorkspaceFacts {
  /** Names of nx.json's named inputs. */
  readonly namedInputs: readonly string[];
  /** Names of the packages in the root package.json. */
  readonly dependencies: readonly string[];
}

interface App {
  readonly project: string;
  readonly root: string;
  readonly config: PluginConfig;
}

/** A target that an app may have, with rules of its own over its templates; it comes before `validate`. */
const VALIDATE_TEMPLATES = 'validate-templates';

/** What `synth` writes, relative to the workspace. */
export const assemblyDirectory = (environment: string) => `dist/cdk/${environment}`;

/** `synth`, `unlock` and `base` for each environment, and `deploy`, `destroy` and `rollback` for all stacks together. */
export function appTargets(app: App, workspace: WorkspaceFacts): Record<string, TargetConfiguration> {
  return {
    synth: {
      executor: `${plugin}:synth`,
      cache: true,
      dependsOn: ['^build'],
      inputs: synthInputs(app, workspace),
      outputs: [`{workspaceRoot}/${assemblyDirectory('{options.environment}')}`],
      options: { app: app.project },
      configurations: configurations(app.config),
      metadata: { technologies: ['cdk'], description: 'Synthesizes the app for one environment' },
    },
    deploy: shipTarget(app, 'deploy', 'Ships all stacks that differ from what is deployed, in dependency order'),
    destroy: shipTarget(app, 'destroy', 'Deletes all stacks of an environment, dependents first'),
    rollback: shipTarget(app, 'rollback', 'Takes all stacks whose update failed half-way back to where they were'),
    // It synthesizes by itself: without a configuration there is no environment whose `synth` could come first.
    validate: {
      executor: `${plugin}:validate`,
      cache: true,
      dependsOn: ['^build', VALIDATE_TEMPLATES],
      inputs: synthInputs(app, workspace),
      options: { app: app.project },
      configurations: configurations(app.config),
      metadata: { technologies: ['cdk'], description: 'Looks whether the stacks of every environment fit together' },
    },
    status: shipTarget(app, 'status', 'Says how an environment is, and what a deploy would ship'),
    diff: shipTarget(app, 'diff', 'Says what a deploy would change, resource by resource'),
    verify: shipTarget(app, 'verify', 'Looks whether what is deployed is there and works'),
    doctor: shipTarget(app, 'doctor', 'Says what would stop a deploy, and what helps'),
    export: shipTarget(app, 'export', 'Writes down what is deployed of an environment, before it is torn down'),
    'import-secrets': shipTarget(
      app,
      'import-secrets',
      'Gives the secrets of a recreated environment their former values',
    ),
    'plan-migration': shipTarget(app, 'plan-migration', 'Plans how deployed resources get into other stacks'),
    unlock: shipTarget(app, 'unlock', 'Lifts the lock that a run left on an environment'),
    calibrate: {
      executor: `${plugin}:calibrate`,
      cache: false,
      options: { app: app.project },
      metadata: { technologies: ['cdk'], description: 'Writes how long AWS took for resources, from stack events' },
    },
    // Without a dependency: it is asked before anything is built.
    base: {
      executor: `${plugin}:base`,
      cache: false,
      options: { app: app.project },
      configurations: configurations(app.config),
      metadata: { technologies: ['cdk'], description: 'Prints the commit to give to nx affected as --base' },
    },
  };
}

/** `deploy`, `destroy` and `rollback` of one stack. */
export function stackTargets(app: App, stack: string): Record<string, TargetConfiguration> {
  return {
    deploy: shipTarget(app, 'deploy', `Ships the ${stack} stack if it differs from what is deployed`, stack),
    destroy: shipTarget(app, 'destroy', `Deletes the ${stack} stack`, stack),
    rollback: shipTarget(app, 'rollback', `Takes the ${stack} stack back from an update that failed half-way`, stack),
    status: shipTarget(app, 'status', `Says how the ${stack} stack is, and whether a deploy would ship it`, stack),
    diff: shipTarget(app, 'diff', `Says what a deploy of the ${stack} stack would change`, stack),
    verify: shipTarget(app, 'verify', `Looks whether the ${stack} stack is there and works`, stack),
  };
}

/**
 * Nothing but the app's one `synth` comes first, and there is no edge between stacks: Nx would run the targets of all
 * upstream stacks, and with several gates the tasks would not arrive in one batch.
 */
function shipTarget(app: App, executor: string, description: string, stack?: string): TargetConfiguration {
  return {
    executor: `${plugin}:${executor}`,
    cache: false,
    dependsOn: [stack === undefined ? 'synth' : { projects: [app.project], target: 'synth' }],
    options: { app: app.project, ...(stack === undefined ? {} : { stack }) },
    configurations: configurations(app.config),
    metadata: { technologies: ['cdk'], description },
  };
}

function configurations(config: PluginConfig): Record<string, { environment: string }> {
  return Object.fromEntries(
    Object.entries(config.environments).map(([name, { environment }]) => [name, { environment }]),
  );
}

/** Closed: everything the app's command reads, and nothing that only tests or documents it. */
function synthInputs(app: App, { namedInputs, dependencies }: WorkspaceFacts): TargetConfiguration['inputs'] {
  return [
    ...['', '/**'].map((depth) => `{workspaceRoot}/${app.root}${depth}/*`),
    ...['*.test.ts', '*.md', 'jest.config.*'].map((file) => `!{workspaceRoot}/${app.root}/**/${file}`),
    namedInputs.includes('production') ? '^production' : '^default',
    ...(namedInputs.includes('sharedGlobals') ? ['sharedGlobals'] : []),
    { dependentTasksOutputFiles: '**/*', transitive: true },
    { externalDependencies: ['aws-cdk-lib', 'constructs'].filter((name) => dependencies.includes(name)) },
    ...['CDK_DEFAULT_ACCOUNT', 'CDK_DEFAULT_REGION'].map((env) => ({ env })),
    ...app.config.inputs,
  ];
}
