import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../tools/packaging/src/command';
import { type NpmRegistry } from '../../tools/packaging/src/consume/npm-registry';
import { synthesize, WORKSPACE } from '../../tools/packaging/src/consume/workspace';
import { manifestIn } from './manifests';

/** Options of its compiler; the folder has nothing but what was installed. */
const TSCONFIG = {
  compilerOptions: { strict: true, skipLibCheck: true, module: 'node20', types: [], outDir: 'out' },
  files: ['app.ts'],
};

/** A CDK app of somebody else, who uses a member of an enum of the networking library. */
export class ConsumerApp {
  constructor(
    private readonly folder: string,
    private readonly registry: NpmRegistry,
  ) {}

  /**
   * Installs the newest version that the range accepts, and gives it.
   *
   * @param others what else the app asks for.
   */
  public async install(range: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
    mkdirSync(this.folder, { recursive: true });
    const { name, devDependencies } = manifestIn(WORKSPACE, 'libs/networking');
    const { 'aws-cdk-lib': cdk, constructs } = devDependencies;
    const dependencies = { [name]: range, ...others, 'aws-cdk-lib': cdk, constructs };
    this.write('package.json', { private: true, dependencies });
    this.write('tsconfig.json', TSCONFIG);
    this.write('cdk.json', { app: 'node out/app.js' });
    this.registry.useIn(this.folder);
    await run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: this.folder });
    return manifestIn(this.folder, join('node_modules', name)).version;
  }

  /**
   * Compiles the app with the types that were installed, and synthesizes it with their code.
   *
   * @throws Error with what the compiler says
   */
  public async use(member: string): Promise<void> {
    writeFileSync(
      join(this.folder, 'app.ts'),
      `
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { AllowedDirection, VpcBlockPublicAccessExclusion } from '@v3-backend/networking';

const stack = new Stack(new App(), 'Shop');
new VpcBlockPublicAccessExclusion(stack, 'Exclusion', { vpc: new Vpc(stack, 'Vpc'), direction: ${member} });
`,
    );
    await run(process.execPath, [require.resolve('typescript/bin/tsc')], { cwd: this.folder });
    const template = JSON.stringify(await synthesize(this.folder, 'Shop'));
    assert(template.includes('"AWS::EC2::VPCBlockPublicAccessExclusion"'), template);
  }

  private write(name: string, content: unknown): void {
    writeFileSync(join(this.folder, name), JSON.stringify(content));
  }
}
