import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { AssembledStack } from '../assembly/assembly';

/** A copy of an assembly in which one stack has another template. */
export interface VariantAssembly {
  /** Absolute path. */
  readonly directory: string;
  readonly remove: () => void;
}

/**
 * Writes the assembly that has a stack's own template instead of the one that was synthesized. Assets are linked.
 *
 * A template is a file asset and is uploaded under its hash, which the manifests name. The variant gets a hash of its own,
 * so that it never takes the place of the template that was synthesized.
 */
export function writeVariant(
  directory: string,
  { template, templateFile, templateUrl }: AssembledStack,
): VariantAssembly {
  const made = mkdtempSync(join(tmpdir(), 'nx-cdk-variant-'));
  for (const name of readdirSync(directory)) {
    if (name.startsWith('asset.')) symlinkSync(join(directory, name), join(made, name));
    else cpSync(join(directory, name), join(made, name), { recursive: true });
  }
  const text = JSON.stringify(template, undefined, 1);
  const file = join(made, relative(directory, templateFile));
  writeFileSync(file, text);

  const hash = templateUrl === undefined ? undefined : /([0-9a-f]{64})[^/]*$/.exec(templateUrl)?.[1];
  if (hash !== undefined) {
    const own = createHash('sha256').update(text).digest('hex');
    const manifests = readdirSync(dirname(file)).filter(
      (name) => name === 'manifest.json' || name.endsWith('.assets.json'),
    );
    for (const manifest of manifests.map((name) => join(dirname(file), name))) {
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll(hash, own));
    }
  }
  return { directory: made, remove: () => rmSync(made, { recursive: true, force: true }) };
}
