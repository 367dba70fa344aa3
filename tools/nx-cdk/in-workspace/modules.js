// @ts-check
'use strict';

/** Fields of executors and generators that name a module, perhaps with an export: `./src/executors/deploy/executor#batch`. */
const MODULES = ['implementation', 'batchImplementation', 'hasher', 'factory'];

/**
 * What is in executors.json or generators.json, with other modules.
 *
 * @param {Record<string, any>} listed the file's content
 * @param {(name: string, module: string) => string} other what takes a module's place; the name is its own in the file, such as
 *   `deploy.batchImplementation`
 * @returns {Record<string, any>}
 */
function withModules(listed, other) {
  return mapped(listed, (_, entries) =>
    typeof entries !== 'object'
      ? entries
      : mapped(entries, (name, entry) =>
          mapped(entry, (field, value) => (MODULES.includes(field) ? other(`${name}.${field}`, value) : value)),
        ),
  );
}

/**
 * @param {Record<string, any>} record
 * @param {(key: string, value: any) => any} change
 * @returns {Record<string, any>}
 */
function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]));
}

module.exports = { withModules };
