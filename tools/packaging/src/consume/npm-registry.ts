import { writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

/** An npm registry on the loopback interface with packages of one scope, and no others. */
export class NpmRegistry {
  static async start(folder: string, scope: string): Promise<NpmRegistry> {
    const anyone = { access: '$all', publish: '$all', unpublish: '$all' };
    const server: Server = await runServer({
      configPath: join(folder, 'config.yaml'),
      storage: join(folder, 'storage'),
      auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
      uplinks: {},
      packages: { [`${scope}/*`]: anyone },
      web: { enable: false },
      log: { type: 'file', path: join(folder, 'registry.log'), format: 'json', level: 'warn' },
    } as never);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new NpmRegistry(server, scope);
  }

  private constructor(
    private readonly server: Server,
    private readonly scope: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Lets npm take packages of the scope from here, in this folder; others from where it is configured to. */
  useIn(folder: string): void {
    // npm publishes only with a token, which this registry does not look at.
    const lines = [`${this.scope}:registry=${this.url}`, `${this.url.replace(/^http:/, '')}:_authToken=anyone`];
    writeFileSync(join(folder, '.npmrc'), `${lines.join('\n')}\n`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
