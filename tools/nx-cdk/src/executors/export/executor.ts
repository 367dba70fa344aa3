import { exportEnvironment } from '../../export/export-environment';
import { EXPORT_OPTIONS, parseExportOptions } from '../../options/export-options';
import { executorOf } from '../operation';

/** Writes down what is deployed of an environment, before it is torn down. */
export default executorOf({
  name: 'export',
  kinds: EXPORT_OPTIONS,
  parse: parseExportOptions,
  run: async (request, parts) => {
    (await exportEnvironment(request, parts, new Date())).forEach(parts.say);
    return true;
  },
});
