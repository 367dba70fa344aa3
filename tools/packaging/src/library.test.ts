import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Library, packagesOf, readLibrary, siblingsOf } from './library';

const WORKSPACE = join(__dirname, '../../..');
const folders = readdirSync(join(WORKSPACE, 'libs'));
const library = (folder: string): Library => readLibrary(join(WORKSPACE, 'libs', folder));

describe.each(folders)('%s', (folder) => {
  const { manifest } = library(folder);
  const raw = JSON.parse(readFileSync(join(WORKSPACE, 'libs', folder, 'package.json'), 'utf8'));

  test('has names that follow from its folder, as each language writes them', () => {
    const plain = folder.replaceAll('-', '');
    const pascal = folder.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase());
    expect(manifest.name).toBe(`@v3-backend/${folder}`);
    expect(manifest.jsii.targets).toMatchObject({
      python: { distName: `v3-backend-${folder}`, module: `v3_backend_${folder.replaceAll('-', '_')}` },
      java: {
        package: `io.github.v3backend.${plain}`,
        maven: { groupId: 'io.github.v3backend', artifactId: `v3-backend-${folder}` },
      },
      go: { moduleName: 'github.com/v3-backend/v3-backend-go', packageName: `v3backend${plain}` },
      dotnet: { namespace: `V3Backend.${pascal}`, packageId: `V3Backend.${pascal}` },
    });
  });

  test('says what it is, where it is developed, and under which licence', () => {
    expect(raw).toMatchObject({
      description: expect.stringMatching(/\w/),
      license: 'Apache-2.0',
      homepage: `https://github.com/v3-backend/v3-backend/tree/main/libs/${folder}#readme`,
      repository: { url: 'https://github.com/v3-backend/v3-backend.git', directory: `libs/${folder}` },
      bugs: { url: 'https://github.com/v3-backend/v3-backend/issues' },
      keywords: expect.arrayContaining(['aws', 'cdk', 'constructs']),
    });
    const licence = (path: string) => readFileSync(join(WORKSPACE, path, 'LICENSE'), 'utf8');
    expect(licence(join('libs', folder))).toBe(licence('.'));
  });

  test('has a README that says how it is installed in each language', () => {
    const { python, java, go, dotnet } = manifest.jsii.targets;
    const readme = readFileSync(join(WORKSPACE, 'libs', folder, 'README.md'), 'utf8');
    for (const line of [
      `npm install ${manifest.name}`,
      `pip install ${python.distName}`,
      `${java.maven.groupId}:${java.maven.artifactId}`,
      `go get ${go.moduleName}/${go.packageName}`,
      `dotnet add package ${dotnet.packageId}`,
    ]) {
      expect(readme).toContain(`\`${line}\``);
    }
  });

  test('has its packages where those of its siblings are looked for', () => {
    expect(packagesOf(library(folder), 'java')).toBe(join(WORKSPACE, 'dist/packages', folder, 'java'));
  });

  test('peers on the version of its siblings that it is built with', () => {
    for (const sibling of siblingsOf(library(folder))) {
      const { name, version } = sibling.manifest;
      expect([raw.peerDependencies[name], raw.devDependencies[name]]).toEqual([`^${version}`, version]);
    }
  });
});

test('every library but core has core as its only sibling', () => {
  const siblings = (folder: string) => siblingsOf(library(folder)).map(({ manifest }) => manifest.name);
  for (const folder of folders) expect(siblings(folder)).toEqual(folder === 'core' ? [] : ['@v3-backend/core']);
});
