import { theFile } from '../files';
import { type Library } from '../library';
import { checkTarball } from './contents';
import { generate } from './pacmak';

/** The npm tarball, which the packages of all other languages have within them. */
export async function packageJs(library: Library, folder: string): Promise<void> {
  await generate(library, 'js', folder);
  const tarball = theFile(folder, (path) => path.endsWith('.tgz'));
  checkTarball(tarball, library.manifest);
}
