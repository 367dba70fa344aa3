import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Projects with packages that a change of a file can have an effect on. */
function packagedAfterAChangeOf(file: string): string[] {
  const nx = require.resolve('nx/bin/nx.js');
  const args = [nx, 'show', 'projects', '--affected', '--withTarget=package', `--files=${file}`, '--json'];
  const env = { ...process.env, NX_DAEMON: 'false' };
  return JSON.parse(execFileSync(process.execPath, args, { cwd: join(__dirname, '../../..'), env, encoding: 'utf8' }));
}

test('a change of the compute library packages compute alone', () => {
  expect(packagedAfterAChangeOf('libs/compute/src/fargate-backend.ts')).toEqual(['compute']);
});
