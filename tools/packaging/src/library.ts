import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** The languages that a library is packaged for, by the names that jsii-pacmak and publib have for them. */
export const LANGUAGES = ['js', 'python', 'java', 'go', 'dotnet'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What of a library's package.json decides what its packages contain. */
export interface LibraryManifest {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly bundledDependencies?: readonly string[];
  readonly jsii: {
    readonly outdir: string;
    readonly targets: {
      readonly python: { readonly distName: string; readonly module: string };
      readonly java: {
        readonly package: string;
        readonly maven: { readonly groupId: string; readonly artifactId: string };
      };
      readonly go: { readonly moduleName: string; readonly packageName: string };
      readonly dotnet: { readonly namespace: string; readonly packageId: string };
    };
  };
}

/** A jsii library of this workspace. */
export interface Library {
  readonly root: string;
  readonly manifest: LibraryManifest;
}

/** @param root the library's folder */
export function readLibrary(root: string): Library {
  const absolute = resolve(root);
  return { root: absolute, manifest: JSON.parse(readFileSync(join(absolute, 'package.json'), 'utf8')) };
}

/** Where the packages of one language go; pacmak finds those of a library's siblings by the same rule. */
export function packagesOf({ root, manifest }: Library, language: Language): string {
  return resolve(root, manifest.jsii.outdir, language);
}

/** The libraries of this workspace that a library peers on. */
export function siblingsOf({ root, manifest }: Library): Library[] {
  const scope = manifest.name.split('/')[0];
  const require = createRequire(join(root, 'package.json'));
  return Object.keys(manifest.peerDependencies ?? {})
    .filter((name) => name.startsWith(`${scope}/`))
    .map((name) => readLibrary(dirname(require.resolve(`${name}/package.json`))));
}
