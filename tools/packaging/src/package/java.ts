import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../command';
import { theFile } from '../files';
import { type Library, packagesOf, siblingsOf } from '../library';
import { mavenRepositories } from '../maven';
import { checkZip } from './contents';
import { generate } from './pacmak';
import { withLowestVersions } from './pom';

/**
 * A jar, its sources and its Javadoc, as a Maven repository.
 *
 * pacmak writes only the sources. Its own build ignores the user's Maven settings, downloads everything anew for each
 * library, and publishes whatever versions of its dependencies are the newest on that day.
 */
export async function packageJava(library: Library, folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'package-java-'));
  try {
    const sources = join(work, 'java');
    await generate(library, 'java', sources, { codeOnly: true });
    const pom = join(sources, 'pom.xml');
    writeFileSync(pom, withLowestVersions(readFileSync(pom, 'utf8')));
    const repository = join(work, 'repository');
    mkdirSync(repository);
    const siblings = siblingsOf(library).map((sibling) => packagesOf(sibling, 'java'));
    await run(
      'mvn',
      [
        '--batch-mode',
        '--quiet',
        ...mavenRepositories(siblings, work),
        // The user's own repository has no business with what is not published.
        '-Dmaven.install.skip=true',
        `-DaltDeploymentRepository=packages::default::${pathToFileURL(repository)}`,
        'deploy',
      ],
      { cwd: sources },
    );
    cpSync(repository, folder, { recursive: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  checkJar(library, folder);
}

function checkJar({ manifest }: Library, folder: string): void {
  const java = manifest.jsii.targets.java;
  const path = java.package.replaceAll('.', '/');
  const name = `${java.maven.artifactId}-${manifest.version}`;
  const jar = theFile(folder, (file) => file.endsWith(`/${name}.jar`));
  for (const kind of ['-sources', '-javadoc']) theFile(folder, (file) => file.endsWith(`/${name}${kind}.jar`));
  checkZip(jar, manifest, {
    required: [`${path}/$Module.class`, `${path}/$Module.txt`],
    tarball: new RegExp(`^${path}/[^/]+\\.tgz$`),
  });
}
