import executors from '../executors.json';
import generators from '../generators.json';
import { withModules } from './modules';

/** The names that the entries have, and the modules they lead to, as the lists state them. */
function stated(): Map<string, string> {
  const modules = new Map<string, string>();
  const note = (name: string, module: string) => {
    modules.set(name, module);
    return name;
  };
  for (const list of [executors, generators]) withModules(list, note);
  return modules;
}

test('the modules that Nx loads are those of executors, in a batch or not, of hashers and of generators', () => {
  expect([...stated()]).toEqual(
    expect.arrayContaining([
      ['deploy.implementation', './src/executors/deploy/executor'],
      ['deploy.batchImplementation', './src/executors/deploy/executor#batch'],
      ['base.hasher', './src/executors/base/hasher'],
      ['stack.factory', './src/generators/stack/generator'],
    ]),
  );
});

test('each has an entry, which is what the compiled module has', () => {
  const entries = jest.requireActual<Record<string, unknown>>('./entries');
  expect(Object.keys(entries).sort()).toEqual([...stated().keys()].sort());
  const names = ['deploy.implementation', 'deploy.batchImplementation', 'base.hasher', 'stack.factory'];
  expect(names.map((name) => entries[name])).toEqual(names.map(() => expect.any(Function)));
  expect(entries['deploy.implementation']).not.toBe(entries['deploy.batchImplementation']);
});

test('all else of a list stays as it is', () => {
  const list = {
    $schema: 's',
    executors: { ship: { implementation: './ship', hasher: './hash', schema: './schema' } },
  };
  expect(withModules(list, (name, module) => `${name} ${module}`)).toEqual({
    $schema: 's',
    executors: {
      ship: { implementation: 'ship.implementation ./ship', hasher: 'ship.hasher ./hash', schema: './schema' },
    },
  });
});
