/** The parts of a package.json that differ between this folder and the published package. */
export interface Manifest {
  /** The source file that others import. */
  readonly types: string;
  readonly [field: string]: unknown;
}

/**
 * The package.json of the published package: it leads to compiled files, where the one in this folder leads to sources, and to
 * what compiles them for this workspace.
 *
 * @param listings names of the files beside package.json that list what Nx can run: executors, generators.
 */
export function publishedManifest(source: Manifest, listings: readonly string[]): object {
  const module = `./${source.types.replace(/^\.\//, '').replace(/\.ts$/, '')}`;
  const [main, types] = [`${module}.js`, `${module}.d.ts`];
  const listed = listings.map((file) => [file.replace(/\.json$/, ''), `./${file}`]);
  const named = ['package.json', ...listings].map((file) => [`./${file}`, `./${file}`]);
  return {
    ...source,
    main,
    types,
    ...Object.fromEntries(listed),
    exports: { '.': { types, default: main }, ...Object.fromEntries(named) },
  };
}
