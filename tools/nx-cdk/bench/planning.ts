import { TestRig } from '../src/testing/test-rig';
import { type StackSketch, templateOf } from '../src/testing/assembly-builder';

/** What comes before each stack of one backend, as in a layered app; its last ones depend on many. */
const SHAPE: Readonly<Record<string, readonly string[]>> = {
  network: [],
  security: ['network'],
  files: [],
  queues: [],
  secrets: [],
  zone: [],
  database: ['network', 'security'],
  certificate: ['zone'],
  firewall: [],
  balancer: ['network', 'security', 'files', 'firewall', 'zone', 'certificate'],
  shared: ['files', 'queues', 'secrets', 'database'],
  compute: ['network', 'security', 'queues', 'balancer', 'shared'],
  monitoring: ['queues', 'database', 'balancer', 'compute'],
  forwarder: ['secrets', 'shared'],
};

/** Backends of 14 stacks each, all of which read from the network of the first one. */
function backends(stacks: number): Record<string, StackSketch> {
  const sketches: Record<string, StackSketch> = {};
  for (let backend = 0; Object.keys(sketches).length < stacks; backend += 1) {
    for (const [name, needs] of Object.entries(SHAPE)) {
      const after = needs.map((need) => `${need}${backend}`);
      if (backend > 0 && name === 'network') after.push('network0');
      sketches[`${name}${backend}`] = {
        after,
        publishes: { first: 'a', second: 'b', third: 'c' },
        reads: after.map((need) => `/app/${need}/first`),
      };
    }
  }
  return sketches;
}

/** Plans an app of which nothing differs, and prints how long it took and how much memory the process had at most. */
async function main(stacks: number): Promise<void> {
  const sketches = backends(stacks);
  const rig = await TestRig.start(sketches);
  try {
    for (const [name, sketch] of Object.entries(sketches)) {
      rig.aws.cloudFormation.shipBehind(name, templateOf(name, sketch));
    }
    const begun = performance.now();
    const report = await rig.deploy({ dryRun: true });
    const milliseconds = performance.now() - begun;
    const unchanged = report.stacks.filter(({ result }) => result === 'unchanged').length;
    if (unchanged !== stacks)
      throw new Error(`${unchanged} of ${stacks} stacks are unchanged: ${report.problems.join('\n')}`);
    const memoryMiB = process.resourceUsage().maxRSS / 1024;
    process.stdout.write(`${JSON.stringify({ stacks, milliseconds, memoryMiB, calls: rig.aws.calls.length })}\n`);
  } finally {
    await rig.stop();
  }
}

void main(Number(process.argv[2]));
