import { localAwsStatus, resetLocalAws, startLocalAws, stopLocalAws } from './endpoint';
import { LocalAwsError } from './errors';

const NOT_RUNNING = 3;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Each command returns its exit code. */
const COMMANDS: Record<string, () => Promise<number>> = {
  start: async () => {
    const endpoint = await startLocalAws({ log: say });
    say(`The local AWS endpoint is ready: ${endpoint.url} (account ${endpoint.account}, region ${endpoint.region}).`);
    return 0;
  },
  stop: async () => {
    const stopped = await stopLocalAws();
    say(
      stopped ? `Stopped (process ${stopped.pid}). What was deployed is kept.` : 'The local endpoint is not running.',
    );
    return 0;
  },
  reset: async () => {
    await resetLocalAws();
    say('The local endpoint is stopped and empty.');
    return 0;
  },
  status: async () => {
    const status = await localAwsStatus();
    if (!status.running) {
      say('The local endpoint is not running. Start it: npx nx run local-aws:start');
      return NOT_RUNNING;
    }
    say(
      `${status.url}, process ${status.pid}, since ${status.since}${status.healthy ? '' : ', but it does not answer'}`,
    );
    say(`log: ${status.logFile}`);
    return status.healthy ? 0 : 1;
  },
};

async function main(name: string | undefined): Promise<number> {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) {
    throw new LocalAwsError(`Unknown command ${name ?? '(none)'}; known are ${Object.keys(COMMANDS).join(', ')}.`);
  }
  return command();
}

main(process.argv[2]).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof LocalAwsError ? error.message : String((error as Error).stack)}\n`);
    process.exitCode = 1;
  },
);
