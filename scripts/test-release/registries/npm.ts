import { type NpmRegistry } from '../../../tools/packaging/src/consume/npm-registry';
import { sortedVersions, textOf } from './http';
import type { LoopbackRegistry } from './registry';

/** Verdaccio, as it is published to. */
export function npmAsPublished({ url }: NpmRegistry): LoopbackRegistry {
  return {
    // npm publishes only with a token, which this registry does not look at.
    environment: { NPM_REGISTRY: new URL(url).host, DISABLE_HTTPS: 'true', NPM_TOKEN: 'anyone' },
    async versions(library) {
      const text = await textOf(`${url}@v3-backend%2f${library}`);
      const { versions = {} } = JSON.parse(text || '{}') as { versions?: Record<string, unknown> };
      return sortedVersions(Object.keys(versions));
    },
  };
}
