// @ts-check
'use strict';

const { createHash } = require('node:crypto');
const { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join, relative, sep } = require('node:path');
const { contents, NAMED } = require('../packaging/contents');
const { withModules } = require('./modules');

/**
 * A file when it was compiled.
 *
 * @typedef {object} Version
 * @property {number} mtime when it was changed last, in milliseconds since 1970; the same time is the same content
 * @property {string} hash of its content
 */

/**
 * What all that is compiled follows from, beside its own source: paths by name.
 *
 * @type {Record<string, string>}
 */
const SETTINGS = {
  'compile.js': __filename,
  'modules.js': require.resolve('./modules'),
  'contents.js': require.resolve('../packaging/contents'),
  'tsconfig.json': require.resolve('../packaging/tsconfig.json'),
  'tsconfig.base.json': require.resolve('../../../tsconfig.base.json'),
  typescript: require.resolve('typescript/package.json'),
};

/** The file beside what is compiled that has the version of each source. */
const VERSIONS = 'versions.json';

/** The module through which Nx gets executors and generators. */
const ENTRIES = join(__dirname, 'entries.js');

/**
 * Compiles the plug-in into a folder, or what of it differs from what was compiled into it before. Several processes may do so
 * at the same time: files are replaced as a whole, their versions last.
 *
 * @param {string} project folder of the plug-in
 * @param {string} target folder for what is compiled
 * @returns {string[]} the sources that were compiled or copied, as paths below their folder
 * @throws {Error} with all that cannot be compiled of the first such file, before anything is written
 */
function compile(project, target) {
  const before = readVersions(join(target, VERSIONS));
  const { sources, assets } = contents(project);
  const files = ['package.json', ...NAMED, ...assets, ...sources];
  const paths = new Map([
    ...files.map((file) => /** @type {const} */ ([file, join(project, file)])),
    ...Object.entries(SETTINGS),
  ]);
  const now = new Map([...paths].map(([name, path]) => [name, versionOf(path, before.get(name))]));
  const gone = [...before.keys()].filter((name) => !now.has(name));
  if (gone.length === 0 && [...now].every(([name, version]) => version === before.get(name))) return [];

  /** @param {string} name */
  const differs = (name) => now.get(name)?.hash !== before.get(name)?.hash;
  const stale = Object.keys(SETTINGS).some(differs) ? files : files.filter(differs);
  const outputs = new Map(stale.map((file) => [outputName(file), outputText(project, file, target)]));
  writeFiles(target, outputs.set(VERSIONS, JSON.stringify([...now])));
  for (const file of gone) rmSync(join(target, outputName(file)), { force: true });
  return stale;
}

/**
 * @param {string} file
 * @returns {Map<string, Version>} by name; none if nothing has been compiled yet
 */
function readVersions(file) {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return new Map();
  }
}

/**
 * @param {string} path
 * @param {Version | undefined} before given back if the file is still the same
 * @returns {Version}
 */
function versionOf(path, before) {
  const mtime = statSync(path).mtimeMs;
  if (before?.mtime === mtime) return before;
  return { mtime, hash: createHash('sha256').update(readFileSync(path)).digest('hex') };
}

/** @param {string} file */
const outputName = (file) => file.replace(/\.ts$/, '.js');

/**
 * @param {string} project
 * @param {string} file
 * @param {string} target
 * @returns {string}
 */
function outputText(project, file, target) {
  const text = readFileSync(join(project, file), 'utf8');
  if (file.endsWith('.ts')) return transpiled(project, file, text, relative(dirname(join(target, file)), project));
  return NAMED.includes(file) ? throughEntries(text, target) : text;
}

/**
 * Compiled as in the published package, with what a debugger needs to find the source.
 *
 * @param {string} project
 * @param {string} file
 * @param {string} text
 * @param {string} sourceRoot the folder of the plug-in, seen from that of the output
 * @returns {string}
 */
function transpiled(project, file, text, sourceRoot) {
  const ts = require('typescript');
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName: join(project, file),
    compilerOptions: { ...readCompilerOptions(), rootDir: project, inlineSourceMap: true, sourceRoot },
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) {
    const host = { getCurrentDirectory: () => process.cwd(), getCanonicalFileName: String, getNewLine: () => '\n' };
    throw new Error(`nx-cdk does not compile.\n${ts.formatDiagnostics(diagnostics, host)}`);
  }
  return outputText;
}

/** @type {import('typescript').CompilerOptions | undefined} */
let options;

function readCompilerOptions() {
  const ts = require('typescript');
  // Without the list of files, which would be searched for and is not needed.
  const host = { ...ts.sys, readDirectory: () => [], onUnRecoverableConfigFileDiagnostic: () => {} };
  options ??= ts.getParsedCommandLineOfConfigFile(
    require.resolve('../packaging/tsconfig.json'),
    undefined,
    host,
  )?.options;
  return options;
}

/**
 * A list of executors or generators with modules that lead to the compiled ones.
 *
 * @param {string} text
 * @param {string} target
 * @returns {string}
 */
function throughEntries(text, target) {
  const entries = relative(target, ENTRIES).split(sep).join('/');
  return JSON.stringify(
    withModules(JSON.parse(text), (name) => `${entries}#${name}`),
    null,
    2,
  );
}

/**
 * Each file takes its place as a whole, in the given order.
 *
 * @param {string} target
 * @param {Map<string, string>} outputs texts by path below the folder
 */
function writeFiles(target, outputs) {
  mkdirSync(target, { recursive: true });
  const unfinished = mkdtempSync(join(target, '.unfinished-'));
  try {
    for (const [name, text] of outputs) {
      mkdirSync(join(target, dirname(name)), { recursive: true });
      writeFileSync(join(unfinished, 'file'), text);
      renameSync(join(unfinished, 'file'), join(target, name));
    }
  } finally {
    rmSync(unfinished, { recursive: true });
  }
}

module.exports = { compile };
