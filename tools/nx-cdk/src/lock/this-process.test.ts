import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isRunning, processStart, thisProcess } from './this-process';

test('a process knows itself, and says the same each time', () => {
  const self = thisProcess();
  expect(self).toEqual({
    owner: expect.stringMatching(/^[^@]+@.+$/) as string,
    host: expect.stringMatching(/./) as string,
    pid: process.pid,
    processStart: expect.stringMatching(/./) as string,
  });
  expect(thisProcess()).toEqual(self);
});

test('it is running, and another process that had its id before is not', () => {
  expect(isRunning(process.pid, thisProcess().processStart!)).toBe(true);
  expect(isRunning(process.pid, '1')).toBe(false);
});

test('a process that was killed is not running, not even before its parent takes note of it', async () => {
  // The shell is replaced by a process that never asks after its child.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = Number(line.toString());
    const start = processStart(child)!;
    expect(isRunning(child, start)).toBe(true);
    process.kill(child, 'SIGKILL');
    while (isRunning(child, start)) await new Promise((resolve) => setTimeout(resolve, 5));
    // It is still in the list of processes.
    expect(() => process.kill(child, 0)).not.toThrow();
  } finally {
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  }
});
