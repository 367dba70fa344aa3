import { createServer, request as requestOf } from 'node:http';
import { type NpmRegistry } from '../../../tools/packaging/src/consume/npm-registry';
import { close, listen, sortedVersions, textOf } from './http';
import type { LoopbackRegistry } from './registry';

/** Verdaccio, as it is published to. */
export function npmAsPublished({ url }: NpmRegistry): LoopbackRegistry {
  return {
    environment: environmentOf(new URL(url).host),
    async versions(library) {
      const text = await textOf(`${url}@v3-backend%2f${library}`);
      const { versions = {} } = JSON.parse(text || '{}') as { versions?: Record<string, unknown> };
      return sortedVersions(Object.keys(versions));
    },
  };
}

/** The same registry behind an address where it takes a number of packages, and no more, as if the token had expired. */
export async function refusingAfter(packages: number, { url }: NpmRegistry) {
  let taken = 0;
  const server = createServer((request, response) => {
    if (request.method === 'PUT' && taken++ >= packages) return response.writeHead(403).end();
    const { method, headers } = request;
    const forwarded = requestOf(new URL(request.url ?? '', url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    return request.pipe(forwarded);
  });
  return { environment: environmentOf(await listen(server)), stop: () => close(server) };
}

function environmentOf(host: string) {
  // npm publishes only with a token, which this registry does not look at.
  return { NPM_REGISTRY: host, DISABLE_HTTPS: 'true', NPM_TOKEN: 'anyone' };
}
