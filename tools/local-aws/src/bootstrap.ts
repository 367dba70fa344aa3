import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LocalAwsError } from './errors';
import { LOCAL_ACCOUNT, LOCAL_REGION, type Settings } from './settings';
import { lastLines } from './text';

/** What CDK's bootstrap stack leaves behind last, and what CDK looks for before every deployment. */
const VERSION_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** Whether CDK's bootstrap stack is in the endpoint. */
export async function isBootstrapped(settings: Settings): Promise<boolean> {
  const response = await fetch(settings.url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AmazonSSM.GetParameter',
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${LOCAL_REGION}/ssm/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({ Name: VERSION_PARAMETER }),
  });
  return response.ok;
}

/**
 * Deploys CDK's bootstrap stack with the CDK CLI, in a process of its own so that nobody's environment changes.
 * @throws LocalAwsError with the CLI's last lines when it fails
 */
export async function bootstrap(settings: Settings, env: Record<string, string>): Promise<void> {
  const manifest = createRequire(join(settings.workspaceRoot, 'package.json')).resolve('aws-cdk/package.json');
  const cli = join(dirname(manifest), 'bin', 'cdk');
  const logFile = join(settings.home, 'bootstrap.log');
  const output = openSync(logFile, 'w');
  const args = [cli, 'bootstrap', `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`, '--no-notices', '--no-color'];
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: settings.home,
      env: { ...process.env, ...env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
      stdio: ['ignore', output, output],
    });
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  closeSync(output);
  if (code !== 0) {
    throw new LocalAwsError(
      `CDK could not be bootstrapped in the local endpoint. The last lines of ${logFile}:\n${lastLines(logFile, 15)}`,
    );
  }
}
