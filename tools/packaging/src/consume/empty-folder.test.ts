import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wholeApp } from './empty-folder';
import { WORKSPACE } from './workspace';

test('the README of the alb library has one example that is an app by itself, of about 20 lines', () => {
  const app = wholeApp(readFileSync(join(WORKSPACE, 'libs/alb/README.md'), 'utf8'));
  expect(app).toMatch(/^import .*'@v3-backend\/alb';\n/);
  expect(app.split('\n').length).toBeLessThan(25);
});

test('a README without such an example, or with two, is refused', () => {
  const app = '```ts\nconst app = new App();\n```\n';
  expect(wholeApp(`# Library\n\n\`\`\`ts\nnew Thing();\n\`\`\`\n\n${app}`)).toBe('const app = new App();\n');
  for (const readme of ['# Library\n', app + app]) {
    expect(() => wholeApp(readme)).toThrow('One example of a README must be a whole app');
  }
});
