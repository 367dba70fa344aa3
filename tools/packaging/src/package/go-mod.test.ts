import { withoutIndirect } from './go-mod';

test('indirect requirements are left to go mod tidy, direct ones stay', () => {
  const mod = 'module a\n\nrequire (\n\tb v1.0.0\n\tc v2.0.0 // indirect\n\td v3.0.0\n)\n';
  expect(withoutIndirect(mod)).toBe('module a\n\nrequire (\n\tb v1.0.0\n\td v3.0.0\n)\n');
});
