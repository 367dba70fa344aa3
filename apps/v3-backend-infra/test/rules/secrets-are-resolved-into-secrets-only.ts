import { type Rule } from './rule';

/** CloudFormation writes what it resolves in clear text wherever it is not the value of a secret or a password. */
export const secretsAreResolvedIntoSecretsOnly: Rule = (stacks) =>
  stacks.flatMap(({ name, template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type, Properties = {} }]) => {
        const { SecretString: _secret, ...ofSecret } = Properties;
        const { MasterUserPassword: _password, MasterUsername: _user, ...ofDatabase } = Properties;
        const rest =
          { 'AWS::SecretsManager::Secret': ofSecret, 'AWS::RDS::DBInstance': ofDatabase }[Type] ?? Properties;
        return JSON.stringify(rest).includes('{{resolve:secretsmanager');
      })
      .map(([logicalId]) => `${name}/${logicalId}`),
  );
