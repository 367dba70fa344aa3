import { type Outcome, problemsOf, timesOf } from './outcome';

const template = {
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5, Tags: ['a', 'b'] } } },
};
const outcome = (language: Outcome['language'], rest: Partial<Outcome>): Outcome => ({ language, steps: [], ...rest });

test('the same template from every language is no problem, whatever the order of its keys', () => {
  const { Type, Properties } = template.Resources.Queue;
  const reordered = { Resources: { Queue: { Properties, Type } } };
  expect(problemsOf([outcome('typescript', { template }), outcome('go', { template: reordered })])).toEqual([]);
});

test('a template that differs is a problem, with each place where it does', () => {
  const other = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { Tags: ['b'], Name: 'q' } } } };
  expect(problemsOf([outcome('typescript', { template }), outcome('java', { template: other })])).toEqual([
    [
      'java: not the template of typescript',
      '/Resources/Queue/Properties/DelaySeconds: 5 became nothing',
      '/Resources/Queue/Properties/Name: nothing became "q"',
      '/Resources/Queue/Properties/Tags/0: "a" became "b"',
      '/Resources/Queue/Properties/Tags/1: "b" became nothing',
    ].join('\n  '),
  ]);
});

test('a list is not the object with the same keys, and 5 is not "5"', () => {
  const problems = problemsOf([
    outcome('typescript', { template: { List: ['a'], Number: 5 } }),
    outcome('python', { template: { List: { 0: 'a' }, Number: '5' } }),
  ]);
  expect(problems.join()).toContain('/List: ["a"] became {"0":"a"}');
  expect(problems.join()).toContain('/Number: 5 became "5"');
});

test('one language that fails hides neither the failure of another nor a difference', () => {
  const problems = problemsOf([
    outcome('typescript', { error: 'npm failed' }),
    outcome('python', { template }),
    outcome('java', { error: 'Maven 3.6 or newer is needed' }),
    outcome('go', { template: {} }),
  ]);
  expect(problems.map((problem) => problem.split('\n')[0])).toEqual([
    'typescript: npm failed',
    'java: Maven 3.6 or newer is needed',
    'go: not the template of python',
  ]);
});

test('templates without anything in common are not printed in full', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`key${index}`, index]));
  const [problem] = problemsOf([outcome('typescript', { template: many }), outcome('go', { template: {} })]);
  expect(problem!.split('\n')).toHaveLength(22);
  expect(problem).toMatch(/and 80 more$/);
});

test('the time of each step is said, and their sum', () => {
  const steps = [
    { name: 'package', seconds: 60.04 },
    { name: 'install', seconds: 2.5 },
  ];
  expect(timesOf([outcome('go', { steps })])).toEqual(['go           62.5 s  package 60.0 s, install 2.5 s']);
});
