import { propertyDifferences } from './property-differences';

const resource = (Properties: Record<string, unknown>, others = {}) => ({ Type: 'A::B::C', Properties, ...others });

test('differences are told at the value that differs, references as a whole', () => {
  const before = resource({ A: { B: [{ C: 1 }, { C: 2 }] }, Ref: { Ref: 'Old' }, Gone: 'x' });
  const after = resource({ A: { B: [{ C: 1 }, { C: 3 }] }, Ref: { Ref: 'New' } }, { DeletionPolicy: 'Retain' });
  expect(propertyDifferences(before, after)).toEqual([
    { path: 'A.B.1.C', before: '2', after: '3' },
    { path: 'Ref', before: '{"Ref":"Old"}', after: '{"Ref":"New"}' },
    { path: 'Gone', before: '"x"', after: undefined },
    { path: 'DeletionPolicy', before: undefined, after: '"Retain"' },
  ]);
});

test('lists of another length are told as a whole, long values shortened', () => {
  const [difference] = propertyDifferences(resource({ A: ['a'] }), resource({ A: ['a', 'b'.repeat(500)] }));
  expect(difference!.before).toBe('["a"]');
  expect(difference!.after).toMatch(/^\["a","b+…$/);
});

test('metadata, which changes nothing, is left out', () => {
  expect(propertyDifferences(resource({}, { Metadata: { a: 1 } }), resource({}))).toEqual([]);
});

test('no value of what may be a secret is told, wherever it is', () => {
  const environment = (value: string) => [{ Name: 'DB_PASSWORD', Value: value }];
  const before = resource({ MasterUserPassword: 'planted-1', Environment: environment('planted-2'), Auth: {} });
  const after = resource({
    MasterUserPassword: 'planted-3',
    Environment: environment('planted-4'),
    Auth: { ApiKey: 'planted-5', Nested: [{ Name: 'ACCESS_TOKEN', Value: 'planted-6' }] },
    Added: [{ name: 'clientSecretKey', value: 'planted-7' }],
    SecretString: { user: 'planted-8' },
  });
  const differences = propertyDifferences(before, after);
  expect(JSON.stringify(differences)).not.toContain('planted');
  expect(differences).toContainEqual({ path: 'MasterUserPassword', before: '****', after: '****' });
  expect(differences.map(({ path }) => path)).toEqual([
    'MasterUserPassword',
    'Environment.0.Value',
    'Auth.ApiKey',
    'Auth.Nested',
    'Added',
    'SecretString',
  ]);
});

test('where a secret comes from is told', () => {
  const [difference] = propertyDifferences(
    resource({ Password: '{{resolve:secretsmanager:a}}' }),
    resource({ Password: { Ref: 'P' } }),
  );
  expect(difference).toEqual({ path: 'Password', before: '"{{resolve:secretsmanager:a}}"', after: '{"Ref":"P"}' });
});
