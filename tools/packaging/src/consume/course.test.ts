import { outcomeOf } from './course';
import { problemsOf } from './outcome';

const nothing = async () => {};

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

test('a course that works has its template, and the time of each step', async () => {
  const outcome = await outcomeOf(
    'python',
    async ({ step, synthesized }) => {
      await step('install', nothing);
      synthesized(await step('synthesize', async () => ({ Resources: {} })));
    },
    nothing,
  );
  expect(outcome).toMatchObject({ language: 'python', template: { Resources: {} } });
  expect(outcome.steps.map(({ name }) => name)).toEqual(['install', 'synthesize']);
  expect(outcome.error).toBeUndefined();
});

test('a step that fails is timed, and the last one', async () => {
  const further = jest.fn(nothing);
  const outcome = await outcomeOf(
    'go',
    async ({ step }) => {
      await step('install', () => Promise.reject(new Error('no such module')));
      await step('synthesize', further);
    },
    nothing,
  );
  expect(outcome.error).toBe('no such module');
  expect(outcome.steps.map(({ name }) => name)).toEqual(['install']);
  expect(further).not.toHaveBeenCalled();
});

test('a failure after the synthesis hides no difference of the template', async () => {
  const typescript = await outcomeOf(
    'typescript',
    async ({ step, synthesized }) => {
      synthesized({ Answer: 42 });
      await step('empty folder', () => Promise.reject(new Error('no documentation')));
    },
    nothing,
  );
  expect(problemsOf([typescript, { language: 'python', steps: [], template: { Answer: 41 } }])).toEqual([
    'typescript: no documentation',
    'python: not the template of typescript\n  /Answer: 42 became 41',
  ]);
});

test('it is cleaned up after a failure, and what fails then hides nothing', async () => {
  const outcome = await outcomeOf(
    'go',
    () => Promise.reject(new Error('no package')),
    () => Promise.reject(new Error('no cache')),
  );
  expect(outcome.error).toBe('no package\nno cache');
});
