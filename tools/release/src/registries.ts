/** A language that packages are made for, and how they are published. */
export interface Registry {
  /** The folder of its packages in `dist/packages/<project>`, and its name for `--skip`. */
  readonly language: string;
  /** What is published there, for people. */
  readonly name: string;
  /** The command of publib that publishes a folder of packages. It skips versions that are published already. */
  readonly publisher: string;
  /** What there must be to publish, of each library; without it only sources were generated. */
  readonly artifact: RegExp;
  /** Variables that hold credentials: all of one of these sets. */
  readonly credentials: readonly (readonly string[])[];
  /** Variables that publib is given unless they are set. */
  readonly defaults?: Readonly<Record<string, string>>;
}

/** In the order in which they are published. */
export const REGISTRIES: readonly Registry[] = [
  {
    language: 'js',
    name: 'npm',
    publisher: 'publib-npm',
    artifact: /\.tgz$/,
    credentials: [['NPM_TRUSTED_PUBLISHER'], ['NPM_TOKEN']],
    // npm takes a scoped package for a private one.
    defaults: { NPM_ACCESS_LEVEL: 'public' },
  },
  {
    language: 'python',
    name: 'PyPI',
    publisher: 'publib-pypi',
    artifact: /\.whl$/,
    credentials: [['PYPI_TRUSTED_PUBLISHER'], ['TWINE_USERNAME', 'TWINE_PASSWORD']],
  },
  {
    language: 'java',
    name: 'Maven Central',
    publisher: 'publib-maven',
    artifact: /\.jar$/,
    // Maven Central takes signed packages only, another repository as they are.
    credentials: [
      ['MAVEN_USERNAME', 'MAVEN_PASSWORD', 'MAVEN_GPG_PRIVATE_KEY', 'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE'],
      ['MAVEN_USERNAME', 'MAVEN_PASSWORD', 'MAVEN_REPOSITORY_URL'],
    ],
    defaults: { MAVEN_SERVER_ID: 'central-ossrh' },
  },
  {
    language: 'go',
    name: 'Go modules',
    publisher: 'publib-golang',
    artifact: /go\.mod$/,
    credentials: [['GIT_USE_SSH'], ['GITHUB_TOKEN']],
  },
  {
    language: 'dotnet',
    name: 'NuGet',
    publisher: 'publib-nuget',
    artifact: /\.nupkg$/,
    credentials: [['NUGET_TRUSTED_PUBLISHER', 'NUGET_USERNAME'], ['NUGET_API_KEY']],
  },
];
