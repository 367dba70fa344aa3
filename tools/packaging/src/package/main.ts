/** Packages a built library for one language: `tsx tools/packaging/src/package/main.ts libs/<layer> <language>`. */
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { type Language, LANGUAGES, type Library, packagesOf, readLibrary } from '../library';
import { packageDotnet } from './dotnet';
import { packageGo } from './go';
import { packageJava } from './java';
import { packageJs } from './js';
import { packagePython } from './python';

const PACKAGERS: Record<Language, (library: Library, folder: string) => Promise<void>> = {
  js: packageJs,
  python: packagePython,
  java: packageJava,
  go: packageGo,
  dotnet: packageDotnet,
};

async function main(root: string | undefined, language: string | undefined): Promise<void> {
  if (root === undefined || !isLanguage(language)) {
    throw new Error(`Usage: main.ts <library folder> <${LANGUAGES.join('|')}>`);
  }
  const library = readLibrary(root);
  const folder = packagesOf(library, language);
  rmSync(folder, { recursive: true, force: true });
  try {
    await PACKAGERS[language](library, folder);
  } catch (error) {
    // What failed its checks is not left where a release would find it.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  console.log(`${library.manifest.name} for ${language}: ${relative('', folder)}`);
}

function isLanguage(name: string | undefined): name is Language {
  return LANGUAGES.some((language) => language === name);
}

main(process.argv[2], process.argv[3]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
