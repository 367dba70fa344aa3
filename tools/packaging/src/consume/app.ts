import { type Language } from '../library';

/** Where an app is installed and synthesized: a copy of its folder, outside of this workspace. */
export interface Place {
  readonly folder: string;
  /** An empty folder beside it, for what the installer needs. */
  readonly work: string;
}

/** How the packages of one language are installed and used. */
export interface ConsumerApp {
  /** The packages it uses. */
  readonly packages: Language;
  /** Installs the app's dependencies by the language's own means, with the libraries from the packages. */
  install(place: Place): Promise<void>;
  /** Variables that the app needs to find what was installed. */
  readonly environment?: (place: Place) => Readonly<Record<string, string>>;
  /** Further uses of the packages. */
  readonly further?: Readonly<Record<string, (place: Place) => Promise<void>>>;
  /** Ends what `install` started, and removes what it left in caches. */
  cleanUp?(place: Place): Promise<void>;
}
