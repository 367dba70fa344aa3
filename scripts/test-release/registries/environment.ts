/** Variables by which publib, and what it runs, publish: where to, as whom, and in which way. */
const PUBLISHING = /^((GH|GITHUB|NUGET|PUBLIB|PYPI|TWINE)_|NPM_(?!CONFIG_)|GIT_(?!SSL_)|MAVEN_(?!ARGS|OPTS))/;

/** An environment in which nothing can be published to where, and as whom, its user publishes otherwise. */
export function withoutPublishing(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !PUBLISHING.test(name)));
}
