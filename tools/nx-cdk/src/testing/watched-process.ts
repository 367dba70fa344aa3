import { appendFileSync } from 'node:fs';
import { watchSignals } from '../engine/interrupts';

/**
 * A process that works and prints until the interrupts tell it to leave, and notes what happens in a file.
 *
 * Usage: `watched-process.ts <file>`, with standard output a pipe.
 */
const note = (text: string) => appendFileSync(process.argv[2]!, `${text}\n`);
const { interrupts, stop } = watchSignals((text) => process.stderr.write(`${text}\n`));
const work = setInterval(() => process.stdout.write('working\n'), 5);
note(`started ${process.pid}`);
void interrupts.detached.then(() => {
  note(`left, ${interrupts.stopping ? 'stopping' : 'not stopping'}`);
  stop();
  note('goes on');
  clearInterval(work);
});
