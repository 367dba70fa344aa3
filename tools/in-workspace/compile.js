// @ts-check
'use strict';

const { createHash } = require('node:crypto');
const { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

/**
 * A package of this workspace, and where it is compiled to.
 *
 * @typedef {object} Package
 * @property {string} project folder of the package
 * @property {string} target folder for what is compiled of it
 * @property {readonly string[]} files what it consists of, as paths below both folders: TypeScript is compiled, others are copied
 * @property {Readonly<Record<string, (text: string) => string>>} [changes] to files that are copied, by path
 * @property {readonly string[]} [settings] paths of other files that everything follows from, such as a module that says which
 *   files there are
 */

/**
 * A file when it was compiled.
 *
 * @typedef {object} Version
 * @property {number} ctime when it was changed last, in milliseconds since 1970, of which no program can say otherwise: the same
 *   time is the same content
 * @property {string} hash of its content
 */

const TSCONFIG = require.resolve('../../tsconfig.base.json');

/** The file beside what is compiled that has the version of each source. */
const VERSIONS = 'versions.json';

/**
 * Compiles a package, or what of it differs from what was compiled before. Several processes may do so at the same time: files
 * are replaced as a whole, their versions last.
 *
 * @param {Package} compiled
 * @returns {string[]} the files that were compiled or copied
 * @throws {Error} with all that does not parse of the first such file, before anything is written
 */
function compile({ project, target, files, changes = {}, settings = [] }) {
  const before = readVersions(join(target, VERSIONS));
  // By number, since paths differ in a copy of the workspace whose packages are links.
  const common = [__filename, TSCONFIG, require.resolve('typescript/package.json'), ...settings].map((path, index) => ({
    name: `setting ${index}`,
    path,
  }));
  const paths = [...files.map((file) => ({ name: file, path: join(project, file) })), ...common];
  const now = new Map(paths.map(({ name, path }) => [name, versionOf(path, before.get(name))]));
  const gone = [...before.keys()].filter((name) => !now.has(name));
  if (gone.length === 0 && [...now].every(([name, version]) => version === before.get(name))) return [];

  /** @param {string} name */
  const differs = (name) => now.get(name)?.hash !== before.get(name)?.hash;
  const stale = common.some(({ name }) => differs(name)) ? files : files.filter(differs);
  /** @type {Map<string, string>} */
  const outputs = new Map();
  for (const file of stale) {
    const text = readFileSync(join(project, file), 'utf8');
    outputs.set(
      outputName(file),
      file.endsWith('.ts') ? transpiled(project, file, text, target) : (changes[file]?.(text) ?? text),
    );
  }
  writeFiles(target, outputs.set(VERSIONS, JSON.stringify([...now])));
  for (const file of gone) rmSync(join(target, outputName(file)), { force: true });
  return [...stale];
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
  const ctime = statSync(path).ctimeMs;
  if (before?.ctime === ctime) return before;
  return { ctime, hash: createHash('sha256').update(readFileSync(path)).digest('hex') };
}

/** @param {string} file */
const outputName = (file) => file.replace(/\.ts$/, '.js');

/**
 * Compiled with the options that all of this workspace has, and with what a debugger needs to find the source.
 *
 * @param {string} project
 * @param {string} file
 * @param {string} text
 * @param {string} target
 * @returns {string}
 */
function transpiled(project, file, text, target) {
  const ts = require('typescript');
  const sourceRoot = relative(dirname(join(target, file)), project);
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName: join(project, file),
    compilerOptions: { ...readOptions(), rootDir: project, sourceMap: false, inlineSourceMap: true, sourceRoot },
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) {
    const host = { getCurrentDirectory: () => process.cwd(), getCanonicalFileName: String, getNewLine: () => '\n' };
    throw new Error(`This does not compile:\n${ts.formatDiagnostics(diagnostics, host)}`);
  }
  return outputText;
}

/** @type {import('typescript').CompilerOptions | undefined} */
let options;

function readOptions() {
  const ts = require('typescript');
  return (options ??= ts.getParsedCommandLineOfConfigFile(TSCONFIG, undefined, {
    ...ts.sys,
    // Without the list of files, which would be searched for and is not needed.
    readDirectory: () => [],
    onUnRecoverableConfigFileDiagnostic: () => {},
  })?.options);
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
