import { createServer } from 'node:net';

/** Of the Nx run these tests are part of, of Jest, tsx and AWS; a proxy's certificates and a choice of Python may stay. */
const FOREIGN = /^(NX_|TSX_|AWS_(?!CA_BUNDLE)|CDK_|JEST_|NODE_ENV$|FORCE_COLOR$|LOCAL_AWS_(?!PYTHON$))/;

/** The environment of a person's shell in a CI job: nothing of the run these tests are part of, no AWS credentials. */
export function personalEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(own), NX_DAEMON: 'false', CI: 'true', ...more };
}

/** A port of this machine that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
