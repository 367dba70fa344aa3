// @ts-check
const {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} = require('@aws-sdk/client-secrets-manager');

/**
 * Writes DATABASE_URL anew if the credentials are no longer those that are in it.
 *
 * What it returns is published on the default event bus, so it says whether the URL changed, and never what it is.
 *
 * @returns {Promise<{ secretArn: string, changed: boolean }>}
 */
exports.handler = async () => {
  const client = new SecretsManagerClient({});
  const secretArn = setting('DATABASE_URL_SECRET_ARN');
  const { username, password } = JSON.parse(await read(client, setting('CREDENTIALS_SECRET_ARN')));
  const credentials = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
  const url = `postgresql://${credentials}@${setting('DATABASE_ADDRESS')}`;
  const changed = url !== (await read(client, secretArn));
  if (changed) await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: url }));
  return { secretArn, changed };
};

/**
 * @param {SecretsManagerClient} client
 * @param {string} SecretId
 * @returns {Promise<string>}
 */
async function read(client, SecretId) {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined) throw new Error(`${SecretId} has no text as its value`);
  return SecretString;
}

/**
 * @param {string} name
 * @returns {string}
 */
function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}
