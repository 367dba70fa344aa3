import type { Event } from '../events/event';
import { createRenderer } from '../terminal/renderer';
import { FAILED_RUN } from './sample-report';

/** Shows a made-up run: to its end, or, with `hang`, up to its middle, where it stays. */
const renderer = createRenderer({ verbose: false });
const [, queues, api] = FAILED_RUN.stacks;
const phase = { name: '1', title: 'Basics' };
const planned = (name: string) => ({ name, phase, action: 'update', reason: 'it differs', needs: [] });
const running: Event[] = [
  { type: 'planned', stacks: [planned('queues'), planned('api')], concurrency: 2 },
  { type: 'stack-started', name: 'queues', verb: 'updating', reason: 'it differs' },
  { type: 'stack-started', name: 'api', verb: 'updating', reason: 'it differs' },
  {
    type: 'stack-progress',
    name: 'api',
    done: 1,
    total: 3,
    resource: 'api/Service/Resource',
    status: 'UPDATE_IN_PROGRESS',
  },
];
const ending: Event[] = [
  { type: 'stack-finished', name: 'queues', report: queues! },
  { type: 'stack-finished', name: 'api', report: api! },
  { type: 'run-finished', report: FAILED_RUN, files: ['report.json'] },
];

process.on('SIGINT', () => renderer.say('interrupted'));
running.forEach(renderer.listener);
process.stderr.write('(node:1) Warning: something is old\n');
if (process.argv[2] === 'hang') {
  // Nx would end it; here it ends by itself when the terminal is gone.
  setTimeout(() => renderer.close(), 60_000);
} else {
  ending.forEach(renderer.listener);
  renderer.close();
}
