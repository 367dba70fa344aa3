import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { runReport, secondsAfterStart, stackReport } from '../../testing/sample-report';
import type { StackResult } from '../report';
import { toHtml } from './page';

/** A run of 14 stacks, with every result there is. */
const RESULTS: Readonly<Record<string, StackResult>> = {
  network: 'unchanged',
  firewall: 'unchanged',
  bucket: 'created',
  queue: 'updated',
  secret: 'created',
  zone: 'excluded',
  database: 'failed',
  certificate: 'absent',
  filter: 'updated',
  balancer: 'created',
  roles: 'blocked',
  service: 'blocked',
  alarms: 'skipped',
  logs: 'destroyed',
};

const names = Object.keys(RESULTS);
const page = toHtml(
  runReport(
    names.map((name, index) =>
      stackReport(name, {
        phase: String(index % 5),
        result: RESULTS[name]!,
        dependsOn: names.slice(Math.max(0, index - 2), index).map((other) => `shop-dev-${other}`),
        ...(['blocked', 'skipped', 'excluded', 'absent'].includes(RESULTS[name]!)
          ? {}
          : { startedAt: secondsAfterStart(index * 4), durationMs: 9000 }),
        ...(RESULTS[name] === 'failed' ? { error: 'database/Instance (AWS::RDS::DBInstance): no such class' } : {}),
      }),
    ),
    { ok: false },
  ),
);

/** A script, since the types of this workspace are not those of a browser. */
const LOWEST_CONTRAST = readFileSync(join(__dirname, '../../testing/lowest-contrast.js'), 'utf8');

/** Where Chromium is; undefined where it is not. */
function findChromium(): string | undefined {
  if (process.env['CHROMIUM_PATH']) return process.env['CHROMIUM_PATH'];
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
}

const executablePath = findChromium();

if (executablePath === undefined) {
  const why = 'skipped: no chromium, chromium-browser or google-chrome on the PATH, and CHROMIUM_PATH is not set';
  console.warn(`The report in a browser: ${why}.`);
  test.skip(`the report in a browser (${why})`, () => undefined);
} else {
  describe('the report in a browser without network', () => {
    let folder: string;
    let browser: Browser;
    let shown: Page;
    const requests: string[] = [];
    const errors: string[] = [];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'nx-cdk-report-'));
      writeFileSync(join(folder, 'report.html'), page);
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
      shown = await (await browser.newContext({ offline: true })).newPage();
      shown.on('request', (request) => requests.push(request.url()));
      shown.on('console', (message) => errors.push(message.text()));
      shown.on('pageerror', (error) => errors.push(String(error)));
      await shown.goto(pathToFileURL(join(folder, 'report.html')).href);
    });

    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('loads nothing but itself and has nothing to complain about', () => {
      expect(requests).toEqual([pathToFileURL(join(folder, 'report.html')).href]);
      expect(errors).toEqual([]);
    });

    test('shows all 14 stacks with their results, none over another, all within the picture', async () => {
      const nodes = await shown.locator('svg.graph .node').evaluateAll((all) =>
        all.map((node) => {
          const { left, right, top, bottom } = node.getBoundingClientRect();
          return {
            texts: [...node.querySelectorAll('text')].map(({ textContent }) => textContent),
            left,
            right,
            top,
            bottom,
          };
        }),
      );
      expect(Object.fromEntries(nodes.map(({ texts }) => texts.slice(0, 2)) as [string, string][])).toEqual(RESULTS);
      const overlaps = nodes.filter((a) =>
        nodes.some((b) => a !== b && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
      );
      expect(overlaps).toEqual([]);
      const picture = (await shown.locator('svg.graph').boundingBox())!;
      expect(Math.max(...nodes.map(({ right }) => right))).toBeLessThanOrEqual(picture.x + picture.width + 1);
    });

    test('keeps the words within a node apart', async () => {
      const collisions = await shown
        .locator('svg.graph .node')
        .evaluateAll((all) =>
          all
            .map((node) => ['.result', '.phase'].map((part) => node.querySelector(part)!.getBoundingClientRect()))
            .filter(([result, phase]) => result!.right > phase!.left),
        );
      expect(collisions).toEqual([]);
    });

    test('has a timeline with a bar for each stack that was worked on', async () => {
      expect(await shown.locator('svg.timeline .bar').count()).toBe(9);
    });

    test.each(['light', 'dark'] as const)('has text of enough contrast in %s', async (colorScheme) => {
      await shown.emulateMedia({ colorScheme });
      expect(await shown.evaluate<number>(LOWEST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
    });

    test('is as wide as a small screen, and only its pictures scroll', async () => {
      await shown.setViewportSize({ width: 400, height: 800 });
      expect(await shown.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    });
  });
}
