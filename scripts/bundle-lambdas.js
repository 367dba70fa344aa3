/** Bundles all libraries' Lambda functions, for code that synthesizes stacks from their sources. */
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const libraries = join(__dirname, '..', 'libs');

module.exports = async () => {
  const scripts = readdirSync(libraries).map((library) => join(libraries, library, 'scripts', 'bundle.js'));
  await Promise.all(scripts.filter((script) => existsSync(script)).map((script) => require(script)()));
};
