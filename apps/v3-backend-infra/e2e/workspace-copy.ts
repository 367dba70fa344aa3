import { randomUUID } from 'node:crypto';
import { freePort, personalEnvironment } from './personal-environment';
import { clonePreparedWorkspace } from './prepared-workspace';
import { stopEndpoint } from './run-folder';
import type { Run } from './running-command';
import { type Report, Workspace } from './workspace';

/** A copy of this workspace, with a local endpoint of its own. */
export class WorkspaceCopy extends Workspace {
  /** Copies the prepared workspace. Nothing is deployed in it, and its endpoint is not running. */
  public static async create(): Promise<WorkspaceCopy> {
    return new WorkspaceCopy(clonePreparedWorkspace(`copy-${randomUUID()}`), await freePort());
  }

  private constructor(
    root: string,
    /** The port of its endpoint. */
    public readonly port: number,
  ) {
    super(root, personalEnvironment({ LOCAL_AWS_PORT: String(port) }));
  }

  /** Deploys the local environment, all stacks unless the options say otherwise. */
  public deploy(...options: string[]): Promise<Run> {
    return this.nx(['run', 'v3-backend-infra:deploy', '--configuration=local', ...options]);
  }

  /** Destroys the local environment; the options must have the confirmation it needs. */
  public destroy(...options: string[]): Promise<Run> {
    return this.nx(['run', 'v3-backend-infra:destroy', '--configuration=local', ...options]);
  }

  public override report(environment = 'local'): Report {
    return super.report(environment);
  }

  /** The results of the last deploy or destroy, by stack name without the prefix. */
  public results(environment = 'local'): Record<string, string> {
    return this.resultsOf(environment, `v3-backend-${environment}-`);
  }

  /** From now on, runs talk to their endpoint through a proxy. */
  public talkThrough(proxy: string): void {
    this.write(
      'proxied-endpoint.js',
      [
        "const { startLocalAws } = require('@v3-backend/local-aws');",
        'exports.startLocalAws = async (options) => {',
        '  const endpoint = await startLocalAws(options);',
        `  return { ...endpoint, env: { ...endpoint.env, AWS_ENDPOINT_URL: '${proxy}' } };`,
        '};',
        '',
      ].join('\n'),
    );
    this.edit('apps/v3-backend-infra/cdk.json', '"@v3-backend/local-aws"', '"./proxied-endpoint.js"');
  }

  /** Stops the endpoint, too. */
  protected override async stop(): Promise<void> {
    await super.stop();
    stopEndpoint(this.root);
  }
}
