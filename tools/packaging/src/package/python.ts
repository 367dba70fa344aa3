import { theFile } from '../files';
import { type Library } from '../library';
import { checkZip } from './contents';
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
}
