import { renderPage } from './page';

const MACHINE = { processor: 'a processor', cores: 2, memoryGiB: 24, system: 'Linux', versions: { node: '20.19.0' } };

test('the page says what was measured where, and which statements hold', () => {
  const page = renderPage({
    date: '2026-01-01',
    rounds: 3,
    machine: MACHINE,
    sections: [
      {
        title: 'Nothing changed',
        text: 'Nothing differs.',
        header: ['command', 'time'],
        rows: [['`a | b`', '1.0 s']],
        notes: ['A note.'],
        targets: [
          { claim: 'half', measured: 1 / 3, limit: 0.5 },
          { claim: 'a quarter', measured: 1 / 3, limit: 0.25 },
        ],
      },
    ],
  });
  expect(page).toContain('2026-01-01, 3 rounds. 2 cores of a processor, 24 GiB, Linux. node 20.19.0.');
  expect(page).toContain('| command | time |\n| --- | --- |\n| `a \\| b` | 1.0 s |');
  expect(page).toContain('A note.');
  expect(page).toContain('- Holds: half (0.33, limit 0.5).');
  expect(page).toContain('- **Does not hold**: a quarter (0.33, limit 0.25).');
});
