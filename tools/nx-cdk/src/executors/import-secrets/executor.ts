import { importSecrets } from '../../export/import-secrets';
import { IMPORT_SECRETS_OPTIONS, parseImportSecretsOptions } from '../../options/export-options';
import { executorOf } from '../operation';

/** Gives the secrets of a recreated environment the values that were exported. */
export default executorOf({
  name: 'import-secrets',
  kinds: IMPORT_SECRETS_OPTIONS,
  parse: parseImportSecretsOptions,
  run: async (request, parts) => {
    await importSecrets(request, parts);
    return true;
  },
});
