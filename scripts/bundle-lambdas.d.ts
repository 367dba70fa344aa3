/** Bundles all libraries' Lambda functions, for code that synthesizes stacks from their sources. */
declare function bundleLambdas(): Promise<void>;
export = bundleLambdas;
