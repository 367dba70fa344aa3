import { dirname } from 'node:path';
import { pacmak, TargetName } from 'jsii-pacmak';
import { type Language, type Library } from '../library';

const TARGETS: Record<Language, TargetName> = {
  js: TargetName.JAVASCRIPT,
  python: TargetName.PYTHON,
  java: TargetName.JAVA,
  go: TargetName.GO,
  dotnet: TargetName.DOTNET,
};

/**
 * Lets jsii-pacmak write the packages of one language.
 *
 * @param folder must be named as pacmak names the language
 * @param codeOnly sources only, which something else makes a package of
 */
export async function generate(
  library: Library,
  language: Language,
  folder: string,
  { codeOnly = false } = {},
): Promise<void> {
  await pacmak({
    inputDirectories: [library.root],
    outputDirectory: dirname(folder),
    targets: [TARGETS[language]],
    codeOnly,
  });
}
