import { resources, type Rule } from './rule';

/** The password is put into DATABASE_URL as it is. */
export const passwordsSurviveInAUrl: Rule = (stacks) =>
  resources(stacks, 'AWS::SecretsManager::Secret')
    .filter(({ Properties }) => Properties.GenerateSecretString?.GenerateStringKey === 'password')
    .filter(
      ({ Properties: { GenerateSecretString: generated } }) =>
        !generated.ExcludePunctuation &&
        ['%', '/', '@', ':', '?', '#'].some((character) => !generated.ExcludeCharacters?.includes(character)),
    )
    .map(({ at }) => at);
