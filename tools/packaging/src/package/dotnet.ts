import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from '../command';
import { theFile } from '../files';
import { type Library, siblingsOf } from '../library';
import { checkFiles, checkZip } from './contents';
import { generate } from './pacmak';

/** A NuGet package; where no .NET SDK is installed, the sources that it would be built from, and a line that says so. */
export async function packageDotnet(library: Library, folder: string): Promise<void> {
  const hasSdk = isInstalled('dotnet');
  await generate(library, 'dotnet', folder, { codeOnly: !hasSdk });
  if (hasSdk) return checkPackage(library, folder);
  checkSources(library, folder);
  console.log(`No .NET SDK is installed: of ${library.manifest.name}, sources were generated, and nothing was built.`);
}

function checkPackage({ manifest }: Library, folder: string): void {
  const { packageId } = manifest.jsii.targets.dotnet;
  const nupkg = theFile(folder, (path) => path.endsWith('.nupkg'));
  // The npm tarball is a resource within the assembly.
  checkZip(nupkg, manifest, { required: [`${packageId}.nuspec`, new RegExp(`^lib/[^/]+/${packageId}\\.dll$`)] });
}

function checkSources(library: Library, folder: string): void {
  const { manifest } = library;
  const { packageId, namespace } = manifest.jsii.targets.dotnet;
  const project = join(folder, packageId);
  const sources = namespace.replaceAll('.', '/');
  checkFiles(project, manifest, {
    required: [`${packageId}.csproj`, 'AssemblyInfo.cs', 'LICENSE', new RegExp(`^${sources}/.+\\.cs$`)],
    tarball: /^[^/]+\.tgz$/,
  });
  const csproj = readFileSync(join(project, `${packageId}.csproj`), 'utf8');
  const referenced = ['Amazon.CDK.Lib', 'Constructs', ...siblingsOf(library).map(dotnetId)];
  const missing = referenced.filter((id) => !csproj.includes(`<PackageReference Include="${id}"`));
  if (missing.length > 0) throw new Error(`${packageId}.csproj does not refer to ${missing.join(', ')}`);
}

function dotnetId({ manifest }: Library): string {
  return manifest.jsii.targets.dotnet.packageId;
}
