import type { EnvironmentConfig } from '@v3-backend-infra/config';

/** What must hold between the environments of an account: it can have GitHub's OIDC provider only once. */
export function providerProblems(configs: readonly EnvironmentConfig[]): string[] {
  return [...new Set(configs.map(({ account }) => account))].flatMap((account) => {
    const using = configs.filter((config) => config.account === account && config.github);
    const creating = using.filter(({ github }) => github?.oidcProvider === 'create');
    const problems: string[] = [];
    if (creating.length > 1) {
      problems.push(
        `${names(creating)} are all in account ${account}, which can have GitHub's OIDC provider only once. ` +
          `Set github.oidcProvider: 'existing' in all but one of them.`,
      );
    }
    if (creating.length === 1 && using.length > 1 && !creating[0]!.protect) {
      problems.push(
        `${names(creating)} creates the OIDC provider of account ${account}, would delete it with its stack, and ` +
          `${names(using.filter((config) => config !== creating[0]))} needs it, too. ` +
          `Create it in an environment with protect: true, or by hand, and set github.oidcProvider: 'existing' here.`,
      );
    }
    return problems;
  });
}

const names = (configs: readonly EnvironmentConfig[]) => configs.map(({ environment }) => environment).join(', ');
