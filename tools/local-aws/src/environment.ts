import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { LOCAL_ACCESS_KEY } from './credentials';
import { PYTHON_SOURCES } from './install';
import type { PythonEnvironment } from './python-packages';
import { LOCAL_ACCOUNT, LOCAL_REGION, type Settings } from './settings';

/**
 * The variables with which AWS SDKs, the CDK CLI and the CDK Toolkit Library talk to the local endpoint and to nothing
 * else. Creates the empty files they point at, so that nobody's real profiles are read.
 */
export function clientEnvironment(settings: Settings): Record<string, string> {
  const client = join(settings.home, 'client');
  mkdirSync(client, { recursive: true });
  const noFile = join(client, 'empty');
  writeFileSync(noFile, '');
  return {
    AWS_ENDPOINT_URL: settings.url,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: LOCAL_ACCESS_KEY,
    AWS_SHARED_CREDENTIALS_FILE: noFile,
    AWS_CONFIG_FILE: noFile,
    AWS_EC2_METADATA_DISABLED: 'true',
    // CDK remembers on disk which account an access key belongs to.
    CDK_HOME: join(client, 'cdk'),
    CDK_DISABLE_VERSION_CHECK: '1',
    NO_PROXY: withLoopback(process.env.NO_PROXY ?? process.env.no_proxy),
  };
}

/** The variables of the endpoint's own process. */
export function serverEnvironment(settings: Settings, python: PythonEnvironment): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|PYTHON|NODE_OPTIONS)/.test(name));
  const temporary = join(settings.home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return {
    ...Object.fromEntries(inherited),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(settings.port),
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: LOCAL_ACCOUNT,
    MINISTACK_REGION: LOCAL_REGION,
    // Both listen on ports of their own.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // No containers, also where Docker is there: the same everywhere.
    DOCKER_HOST: `unix://${join(settings.home, 'no-docker.sock')}`,
    PERSIST_STATE: '1',
    STATE_DIR: settings.stateDir,
    S3_PERSIST: '1',
    S3_DATA_DIR: settings.objectsDir,
    LOCAL_AWS_HOME: settings.home,
    TMPDIR: temporary,
    // Lambda functions in Node run with this Node, and find the AWS SDK that AWS's runtime has built in.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    NODE_PATH: join(settings.workspaceRoot, 'node_modules'),
    PYTHONPATH: [PYTHON_SOURCES, ...(python.packages ? [python.packages] : [])].join(delimiter),
    PYTHONPYCACHEPREFIX: join(settings.home, 'pycache'),
    PYTHONUNBUFFERED: '1',
  };
}

function withLoopback(noProxy: string | undefined): string {
  return [...new Set([...(noProxy ?? '').split(','), '127.0.0.1', 'localhost'])].filter(Boolean).join(',');
}
