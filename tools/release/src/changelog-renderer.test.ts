import { concerns } from './changelog-renderer';

test('a change of its files concerns a package, whatever its commit names', () => {
  expect(concerns({ scope: 'infra', affectedProjects: ['alb'] }, 'alb')).toBe(true);
});

test('a change of files that are no package’s concerns the packages that its commit names', () => {
  const change = { scope: 'alb, nx-cdk', affectedProjects: '*' } as const;
  expect(['alb', 'nx-cdk', 'compute'].filter((project) => concerns(change, project))).toEqual(['alb', 'nx-cdk']);
});

test('if its commit names none, it concerns all', () => {
  expect(concerns({ scope: '', affectedProjects: '*' }, 'alb')).toBe(true);
});
