import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { close, listen, sortedVersions } from './http';
import type { RunningRegistry } from './registry';

export interface MavenRegistry extends RunningRegistry {
  /** Whether it takes nothing at the moment, as when it is overloaded. */
  isDown: boolean;
}

/** A Maven repository that keeps what it was given: an artefact of a version cannot be replaced. */
export async function startMaven(folder: string): Promise<MavenRegistry> {
  const server = createServer((request, response) => {
    const file = join(folder, decodeURIComponent(request.url ?? '').replaceAll('..', ''));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'PUT') {
        response.statusCode = existsSync(file) ? 200 : 404;
        return response.end(existsSync(file) ? readFileSync(file) : undefined);
      }
      response.statusCode = registry.isDown ? 503 : existsSync(file) && !file.includes('maven-metadata') ? 409 : 201;
      if (response.statusCode === 201) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, Buffer.concat(chunks));
      }
      return response.end();
    });
  });
  const host = await listen(server);
  const registry: MavenRegistry = {
    isDown: false,
    environment: {
      MAVEN_SERVER_ID: 'loopback',
      MAVEN_REPOSITORY_URL: `http://${host}/`,
      MAVEN_USERNAME: 'anyone',
      MAVEN_PASSWORD: 'anyone',
    },
    async versions(library) {
      const artifact = join(folder, 'io/github/v3backend', `v3-backend-${library}`);
      const names = existsSync(artifact) ? readdirSync(artifact) : [];
      return sortedVersions(
        names.filter((name) => existsSync(join(artifact, name, `v3-backend-${library}-${name}.jar`))),
      );
    },
    stop: () => close(server),
  };
  return registry;
}
