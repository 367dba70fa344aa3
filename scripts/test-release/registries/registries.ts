import assert from 'node:assert/strict';
import { type Language, LANGUAGES } from '../../../tools/packaging/src/library';
import { type Release } from '../release';
import { type LoopbackRegistry } from './registry';

/** The registries that a release publishes to, one for each language that is tested. */
export class Registries {
  constructor(private readonly byLanguage: ReadonlyMap<Language, LoopbackRegistry>) {}

  get languages(): Language[] {
    return [...this.byLanguage.keys()];
  }

  /** The languages that are not tested. */
  get skipped(): Language[] {
    return LANGUAGES.filter((language) => !this.byLanguage.has(language));
  }

  /** Variables with which `release:publish` publishes to all of them. */
  get environment(): Record<string, string> {
    return Object.assign({}, ...[...this.byLanguage.values()].map(({ environment }) => environment));
  }

  /** All but those left out have every library in the versions of the releases, and no other; npm has the plug-in, too. */
  async assertHave(
    releases: readonly Release[],
    libraries: readonly string[],
    { except }: { readonly except?: Language } = {},
  ): Promise<void> {
    for (const [language, registry] of this.byLanguage) {
      if (language === except) continue;
      const expected = releases.map((release) => release.libraries);
      for (const library of libraries) {
        assert.deepEqual(await registry.versions(library), expected, `${library} for ${language}`);
      }
      if (language !== 'js') continue;
      const plugins = releases.map(({ plugin }) => plugin);
      assert.deepEqual(await registry.versions('nx-cdk'), plugins, 'the plug-in');
    }
  }
}
