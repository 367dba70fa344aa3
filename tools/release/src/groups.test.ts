import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROUPS, releasesOf } from './groups';

test('tags release the groups that they name, in the versions that they name', () => {
  expect(releasesOf(['v1.2.0', 'nx-cdk@0.3.1', 'deployed/production'])).toEqual([
    { name: 'libraries', version: '1.2.0' },
    { name: 'tools', version: '0.3.1' },
  ]);
});

test('the groups, and the tags that Nx gives them, are those of nx.json', () => {
  const nx = JSON.parse(readFileSync(join(__dirname, '../../../nx.json'), 'utf8')) as {
    release: { groups: Record<string, { releaseTag: { pattern: string } }> };
  };
  const tagged = Object.entries(nx.release.groups).map(([name, { releaseTag }]) => ({
    name,
    version: '1.2.3',
    releases: releasesOf([releaseTag.pattern.replace('{projectName}', 'nx-cdk').replace('{version}', '1.2.3')]),
  }));
  expect(tagged.map(({ name }) => name)).toEqual(GROUPS.map(({ name }) => name));
  for (const { releases, ...release } of tagged) expect(releases).toEqual([release]);
});
