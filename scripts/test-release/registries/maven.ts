import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { listen, sortedVersions } from './http';
import type { LoopbackRegistry } from './registry';

/** Where the libraries are in a Maven repository. */
const LIBRARIES = ['io', 'github', 'v3backend'];

/** A Maven repository that keeps what it was given: an artefact of a version cannot be replaced. */
export async function startMaven(home: string): Promise<LoopbackRegistry> {
  const folder = join(home, 'remote');
  const local = join(home, 'local');
  linkAllBut(LIBRARIES, join(homedir(), '.m2/repository'), local);
  const server = createServer((request, response) => {
    const file = join(folder, decodeURIComponent(request.url ?? '').replaceAll('..', ''));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'PUT') {
        response.statusCode = existsSync(file) ? 200 : 404;
        return response.end(existsSync(file) ? readFileSync(file) : undefined);
      }
      response.statusCode = existsSync(file) && !file.includes('maven-metadata') ? 409 : 201;
      if (response.statusCode === 201) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, Buffer.concat(chunks));
      }
      return response.end();
    });
  });
  const host = await listen(server);
  return {
    environment: {
      MAVEN_SERVER_ID: 'loopback',
      MAVEN_REPOSITORY_URL: `http://${host}/`,
      MAVEN_USERNAME: 'anyone',
      MAVEN_PASSWORD: 'anyone',
      MAVEN_OPTS: `${process.env['MAVEN_OPTS'] ?? ''} -Dmaven.repo.local=${local}`,
    },
    async versions(library) {
      const artifact = join(folder, ...LIBRARIES, `v3-backend-${library}`);
      const names = existsSync(artifact) ? readdirSync(artifact) : [];
      return sortedVersions(
        names.filter((name) => existsSync(join(artifact, name, `v3-backend-${library}-${name}.jar`))),
      );
    },
  };
}

/**
 * Makes a folder that shares what another one has, but for what is at a path: Maven's cache, in which nothing may stay of the
 * releases that are only made here.
 */
function linkAllBut([own, ...rest]: readonly string[], from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) if (name !== own) symlinkSync(join(from, name), join(to, name));
  if (own !== undefined && rest.length > 0) linkAllBut(rest, join(from, own), join(to, own));
}
