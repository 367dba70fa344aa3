import { theFile } from '../files';
import { type Library } from '../library';
import { checkSourceTarball, checkZip } from './contents';
import { generate } from './pacmak';

/** A wheel and a source distribution. */
export async function packagePython(library: Library, folder: string): Promise<void> {
  await generate(library, 'python', folder);
  const { module } = library.manifest.jsii.targets.python;
  const wheel = theFile(folder, (path) => path.endsWith('.whl'));
  checkZip(wheel, library.manifest, {
    required: [`${module}/__init__.py`, `${module}/py.typed`, /\.dist-info\/LICENSE$/, /\.dist-info\/METADATA$/],
    tarball: new RegExp(`^${module}/_jsii/[^/]+\\.tgz$`),
  });
  const sources = theFile(folder, (path) => path.endsWith('.tar.gz'));
  const inSources = (path: string) => new RegExp(`^[^/]+/${path}$`);
  checkSourceTarball(sources, library.manifest, {
    required: ['LICENSE', 'PKG-INFO', `src/${module}/__init__\\.py`, `src/${module}/py\\.typed`].map(inSources),
    tarball: inSources(`src/${module}/_jsii/[^/]+\\.tgz`),
  });
}
