import { appendFileSync } from 'node:fs';
import { watchSignals } from '../engine/interrupts';

/**
 * A process that works until the interrupts tell it to leave, and notes what happens in a file.
 *
 * Usage: `watched-process.ts <file> [<text that it prints all the time>]`, with standard output a pipe.
 */
const [, , file, text = ''] = process.argv;
const note = (line: string) => appendFileSync(file!, `${line}\n`);
const { interrupts, stop } = watchSignals((line) => process.stderr.write(`${line}\n`));
const work = setInterval(() => text !== '' && process.stdout.write(text), 5);
note(`started ${process.pid}`);
void interrupts.detached.then(() => {
  note(`left, ${interrupts.stopping ? 'stopping' : 'not stopping'}`);
  stop();
  note('goes on');
  clearInterval(work);
});
