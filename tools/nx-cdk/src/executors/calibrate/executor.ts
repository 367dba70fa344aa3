import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { readAppModel } from '../../config/app-model';
import { durationsIn, measuredFigures } from '../../duration/calibrate';
import { parseEvents } from '../../duration/events-file';
import { parseFigures } from '../../duration/figures-file';
import { FIGURES_FILE } from '../../engine/expected-duration';
import { writeWhole } from '../../files/write-whole';
import { parseCalibrateOptions } from '../../options/calibrate-options';
import { givenOptions, type TargetOptions, wordsOf } from '../target';

/** Writes figures of an app's own for the model of durations, from events of its stacks. */
export default async function calibrate(
  target: TargetOptions,
  { root, projectsConfigurations }: ExecutorContext,
): Promise<{ success: boolean }> {
  try {
    const app = readAppModel(root, target.app, projectsConfigurations.projects);
    const { options, problems } = parseCalibrateOptions(givenOptions(target, wordsOf(target), { events: 'text' }));
    const read = options.events.map((file) =>
      attempt(() => parseEvents(readFileSync(resolve(root, file), 'utf8'), file)),
    );
    const wrong = [...problems, ...read.flatMap((one) => ('problem' in one ? [one.problem] : []))];
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    const durations = durationsIn(read.flatMap((one) => ('events' in one ? one.events : [])));
    if (durations.size === 0)
      throw new Error('The events have no operation on a resource from its beginning to its end.');
    const figures = measuredFigures(durations, `measured, ${new Date().toISOString().slice(0, 10)}`);
    const file = join(root, app.root, FIGURES_FILE);
    const kept = existsSync(file) ? parseFigures(readFileSync(file, 'utf8'), FIGURES_FILE) : {};
    const sorted = Object.fromEntries(Object.entries({ ...kept, ...figures }).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeWhole(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
    const { length } = Object.keys(sorted);
    process.stdout.write(`${relative(root, file)} has figures of ${length} resource types. Commit it.\n`);
    return { success: true };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return { success: false };
  }
}

function attempt<Events>(read: () => Events): { readonly events: Events } | { readonly problem: string } {
  try {
    return { events: read() };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
