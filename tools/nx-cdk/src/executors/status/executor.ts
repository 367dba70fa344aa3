import { status } from '../../engine/status';
import { parseStatusOptions, STATUS_OPTIONS } from '../../options/inspection-options';
import { statusText } from '../../report/status-text';
import { deliver } from '../deliver';
import { executorOf } from '../operation';

/** Says how an environment is, and what a deploy would ship. */
export default executorOf({
  name: 'status',
  kinds: STATUS_OPTIONS,
  parse: parseStatusOptions,
  run: async (request, parts) => {
    const { json, output } = request.options;
    const found = await status(request, parts);
    deliver(json ? JSON.stringify(found, undefined, 2) : statusText(found), output, request.workspaceRoot, parts.say);
    return true;
  },
});
