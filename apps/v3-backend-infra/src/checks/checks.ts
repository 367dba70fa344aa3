import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { DATABASE_PROBE } from './database-probe';
import { EXTERNAL_PROBE } from './external-probe';

/** A path that the listener rules let nobody reach from the internet. */
const INTERNAL_PATH = '/worker/status';

/**
 * What `verify` looks at beside what follows from the templates: the requests that the load balancer and the API have to
 * answer, and what has to work from within a task.
 *
 * @param environment name of the environment.
 */
export function checksOf(environment: string): object {
  const { loadBalancer } = loadEnvironmentConfig(environment);
  const ssl = loadBalancer.ssl?.enabled ? loadBalancer.ssl : undefined;
  const host = ssl?.domainName;
  return {
    requests: [
      ...(ssl
        ? [
            {
              name: 'plain HTTP is redirected to HTTPS',
              protocol: 'http',
              host,
              path: '/',
              status: 301,
              location: 'https://',
            },
          ]
        : []),
      { name: 'the API answers', host, path: '/health', status: 200, reliesOn: 'containers' },
      { name: 'internal paths are closed', host, path: INTERNAL_PATH, status: 403, reliesOn: 'sourceAddress' },
    ],
    tasks: [
      {
        name: 'a task reaches the database, by its DATABASE_URL',
        family: family('migration'),
        command: DATABASE_PROBE,
      },
      { name: 'a task reaches the internet', family: family('api'), command: EXTERNAL_PROBE },
    ],
  };

  function family(service: string): string {
    return `v3-backend-${environment}-${service}-task`;
  }
}
