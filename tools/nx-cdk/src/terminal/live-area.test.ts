import { LiveArea } from './live-area';

function areaOf(columns: number) {
  const written: string[] = [];
  const screen = { columns, rows: 10, write: (text: string) => void written.push(text) };
  return { area: new LiveArea(screen), screen, written };
}

const shown = (text: string) => `\x1b[?7l${text}\x1b[?7h`;

describe('a live area', () => {
  test('takes the place of what it showed before, below what stays', () => {
    const { area, written } = areaOf(80);
    area.draw([], ['one', 'two']);
    area.draw(['done'], ['three']);
    area.draw([], []);
    expect(written).toEqual([
      `\r\x1b[J${shown('one\ntwo\n')}`,
      `\x1b[2A\r\x1b[Jdone\n${shown('three\n')}`,
      '\x1b[1A\r\x1b[J',
    ]);
  });

  test('counts the rows that its lines take in a terminal that became narrower, styles not counted', () => {
    const { area, screen, written } = areaOf(80);
    area.draw([], [`\x1b[1m${'x'.repeat(25)}\x1b[22m`, 'y']);
    screen.columns = 10;
    area.draw([], ['z']);
    expect(written[1]).toMatch(/^\x1b\[4A/);
  });

  test('writes nothing when there is nothing to show or to take away', () => {
    const { area, written } = areaOf(80);
    area.draw([], []);
    expect(written).toEqual([]);
  });

  test('never hides the cursor, which nobody could show again after kill -9', () => {
    const { area, written } = areaOf(80);
    area.draw(['a'], ['b']);
    expect(written.join('')).not.toContain('\x1b[?25l');
  });
});
