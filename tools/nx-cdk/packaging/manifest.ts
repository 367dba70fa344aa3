/** The parts of a package.json that differ between this folder and the published package. */
export interface Manifest {
  /** The source file that others import. */
  readonly main: string;
  readonly [field: string]: unknown;
}

/**
 * The package.json of the published package: it leads to compiled files, where the one in this folder leads to sources.
 *
 * @param files other files that may be read by their names, beside package.json.
 */
export function publishedManifest(source: Manifest, files: readonly string[]): object {
  const module = `./${source.main.replace(/^\.\//, '').replace(/\.ts$/, '')}`;
  const [main, types] = [`${module}.js`, `${module}.d.ts`];
  const named = ['package.json', ...files].map((file) => [`./${file}`, `./${file}`]);
  return { ...source, main, types, exports: { '.': { types, default: main }, ...Object.fromEntries(named) } };
}
