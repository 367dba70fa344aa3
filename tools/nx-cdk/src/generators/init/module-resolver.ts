import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import ts from 'typescript';
import { isRelative } from './modules';

/** Finds the file of the workspace that a specifier in the file `from` means; nothing for a package or for no file. */
export type ModuleResolver = (from: string, specifier: string) => string | undefined;

/** TypeScript wants absolute paths, and these are the same on every machine. */
const ROOT = '/workspace';
const absolute = (path: string) => posix.join(ROOT, path);
const relative = (path: string) => posix.relative(ROOT, path);

/** Resolves relative specifiers, and those by the aliases of the nearest tsconfig.json and of package.json. */
export function moduleResolver(tree: Tree): ModuleResolver {
  const host = hostOf(tree);
  const known = new Map<string, ts.CompilerOptions>();
  const optionsOf = (folder: string): ts.CompilerOptions => {
    const options = known.get(folder) ?? nearestOptions(folder, host);
    known.set(folder, options);
    return options;
  };
  return (from, specifier) => {
    if (isRelative(specifier)) return relativeFile(tree, from, specifier);
    const options = optionsOf(posix.dirname(absolute(from)));
    const found = ts.resolveModuleName(specifier, absolute(from), options, host).resolvedModule?.resolvedFileName;
    return found === undefined || found.includes('/node_modules/') ? undefined : relative(found);
  };
}

/** The aliases in the tsconfig.json of a folder that stand for one file each. */
export function aliasesOfFiles(tree: Tree, folder: string): string[] {
  const { paths = {} } = nearestOptions(absolute(folder), hostOf(tree));
  return Object.keys(paths).filter((alias) => !alias.includes('*'));
}

function relativeFile(tree: Tree, from: string, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(from), specifier);
  const compiled = path.replace(/\.([cm]?)js$/, '.$1ts');
  const candidates = [path, compiled, `${path}.ts`, `${path}.tsx`, `${path}.js`, `${path}/index.ts`];
  return candidates.find((candidate) => tree.isFile(candidate));
}

function hostOf(tree: Tree): ts.ParseConfigHost & ts.ModuleResolutionHost {
  const isInside = (path: string) => path.startsWith(`${ROOT}/`);
  return {
    useCaseSensitiveFileNames: true,
    fileExists: (path) => isInside(path) && tree.isFile(relative(path)),
    readFile: (path) => (isInside(path) ? (tree.read(relative(path), 'utf8') ?? undefined) : undefined),
    // Which files a tsconfig.json includes has no part in what specifiers mean.
    readDirectory: () => [],
  };
}

function nearestOptions(folder: string, host: ts.ParseConfigHost): ts.CompilerOptions {
  const file = ts.findConfigFile(folder, host.fileExists);
  if (file === undefined) return {};
  const { config } = ts.readConfigFile(file, host.readFile);
  return ts.parseJsonConfigFileContent(config ?? {}, host, posix.dirname(file), undefined, file).options;
}
