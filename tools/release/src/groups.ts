/** Projects that get their versions together. The same groups are in nx.json. */
export interface Group {
  readonly name: 'libraries' | 'tools';
  /** Where the files are that belong to it. */
  readonly root: string;
  /** A project of it; the versions of all are the same. */
  readonly project: string;
  /** The folder of that project. */
  readonly folder: string;
  /** Tags of its releases, for git. */
  readonly tags: string;
  /** The version that a tag names. */
  readonly tag: RegExp;
}

/** The libraries have one version, since they are used together and refer to each other; the plug-in has its own. */
export const GROUPS: readonly Group[] = [
  { name: 'libraries', root: 'libs', project: 'core', folder: 'libs/core', tags: 'v[0-9]*', tag: /^v(\d+\.\d+\.\d+)$/ },
  {
    name: 'tools',
    root: 'tools/nx-cdk',
    project: 'nx-cdk',
    folder: 'tools/nx-cdk',
    tags: 'nx-cdk@*',
    tag: /^nx-cdk@(\d+\.\d+\.\d+)$/,
  },
];

/** The groups that tags release, each with its version. */
export function releasesOf(tags: readonly string[]): { readonly name: Group['name']; readonly version: string }[] {
  return GROUPS.flatMap(({ name, tag }) =>
    tags.flatMap((text) => {
      const version = tag.exec(text)?.[1];
      return version === undefined ? [] : [{ name, version }];
    }),
  );
}
