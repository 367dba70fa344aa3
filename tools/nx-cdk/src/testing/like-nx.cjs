// Starts a program the way Nx starts its batch processes: the standard input is handed on, the output comes through pipes.
const { fork } = require('node:child_process');

// Nx outlives its processes.
process.on('SIGINT', () => undefined);

const [program, ...args] = process.argv.slice(2);
const child = fork(program, args, { stdio: ['inherit', 'pipe', 'pipe', 'ipc'], execArgv: ['--import', 'tsx'] });
let piped = 0;
for (const stream of [child.stdout, child.stderr]) {
  stream.on('data', (chunk) => {
    piped += chunk.length;
    process.stdout.write(chunk);
  });
}
child.on('close', () => process.stdout.write(`(${piped} bytes through pipes)\n`));
