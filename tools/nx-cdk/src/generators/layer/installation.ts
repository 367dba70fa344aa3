/** What of a package.json says how the package is called in each language. */
export interface PublishedPackage {
  readonly name: string;
  readonly jsii: {
    readonly targets?: {
      readonly python?: { readonly distName?: string };
      readonly java?: { readonly maven?: { readonly groupId?: string; readonly artifactId?: string } };
      readonly go?: { readonly moduleName?: string; readonly packageName?: string };
      readonly dotnet?: { readonly packageId?: string };
    };
  };
}

/** How a package is installed in a language. */
export interface Installation {
  readonly language: string;
  /** In Markdown. */
  readonly how: string;
}

/** How a package is installed in each language that it is published for. */
export function installations({ name, jsii: { targets = {} } }: PublishedPackage): Installation[] {
  const { python, java, go, dotnet } = targets;
  const all: readonly (Installation | undefined)[] = [
    { language: 'TypeScript, JavaScript', how: `\`npm install ${name}\`` },
    python && { language: 'Python', how: `\`pip install ${python.distName}\`` },
    java && { language: 'Java', how: `\`${java.maven?.groupId}:${java.maven?.artifactId}\` in Maven or Gradle` },
    // Without a name of its own, the package is the last part of the module's.
    go && { language: 'Go', how: `\`go get ${[go.moduleName, go.packageName].filter(Boolean).join('/')}\`` },
    dotnet && { language: '.NET', how: `\`dotnet add package ${dotnet.packageId}\`` },
  ];
  return all.filter((one) => one !== undefined);
}
