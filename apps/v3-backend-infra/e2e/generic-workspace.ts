import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERIC_APP } from './generic-app';
import { personalEnvironment } from './personal-environment';
import { runFolder } from './run-folder';
import { Workspace } from './workspace';
import type { WorkspaceCopy } from './workspace-copy';

/** The packages beside the plug-in, which brings what it needs. */
const PACKAGES = ['aws-cdk-lib', 'constructs', 'nx', 'prettier', 'tsx', 'typescript'];

/** The plug-in as it would be published. */
export interface Tarball {
  readonly path: string;
  /** Paths of the files in it. */
  readonly files: readonly string[];
}

/** Compiles and packs the plug-in of a copy of this workspace. */
export async function packPlugin(workspace: WorkspaceCopy): Promise<Tarball> {
  const { status, output } = await workspace.nx(['run', 'nx-cdk:package']);
  if (status !== 0) throw new Error(`The plug-in could not be compiled:\n${output}`);
  const packed = workspace.execute('npm', 'pack', './dist/packages/nx-cdk', '--json');
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  return { path: join(workspace.root, filename), files: files.map(({ path }) => path) };
}

/**
 * A workspace of somebody else, in which the plug-in was installed from its tarball.
 *
 * The lock file of this workspace goes with it, so that npm installs the versions it has already downloaded; of those the
 * ones that the plug-in and the app ask for, and none of this workspace's own packages.
 */
export class GenericWorkspace extends Workspace {
  /** @param port of the AWS endpoint it deploys to. */
  constructor(tarball: Tarball, from: WorkspaceCopy, port: number) {
    const root = join(runFolder(), 'generic');
    mkdirSync(root);
    super(root, {
      ...personalEnvironment(),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      // Nobody's profiles are read, and nothing is remembered about them.
      AWS_CONFIG_FILE: join(root, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(root, 'none'),
      CDK_HOME: join(root, 'dist/cdk-home'),
    });
    for (const [file, content] of Object.entries(GENERIC_APP)) this.write(file, content);
    const manifest = JSON.parse(readFileSync(join(from.root, 'package.json'), 'utf8'));
    const devDependencies = Object.fromEntries(PACKAGES.map((name) => [name, manifest.devDependencies[name]]));
    this.write('package.json', JSON.stringify({ name: 'orders', private: true, devDependencies }));
    for (const file of ['package-lock.json', '.npmrc']) copyFileSync(join(from.root, file), join(root, file));
    this.execute('npm', 'install', '--save-dev', '--prefer-offline', '--no-progress', '--loglevel=error', tarball.path);
    this.commit('the app of orders');
  }

  /** The results of the last deploy or destroy, by stack. */
  public results(): Record<string, string> {
    return this.resultsOf('test', 'test-orders-');
  }
}
