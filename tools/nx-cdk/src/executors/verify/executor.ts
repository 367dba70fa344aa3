import { join } from 'node:path';
import { verify } from '../../engine/verify';
import { writeWhole } from '../../files/write-whole';
import { parseVerifyOptions, VERIFY_OPTIONS } from '../../options/inspection-options';
import { SdkAws } from '../../verify/aws';
import { askServer } from '../../verify/http';
import { loadAppChecks } from '../../verify/load-app-checks';
import { verificationMarkdown, verificationText } from '../../verify/verification-text';
import { executorOf } from '../operation';

/** Looks whether what is deployed is there and works. */
export default executorOf({
  name: 'verify',
  kinds: VERIFY_OPTIONS,
  parse: parseVerifyOptions,
  run: async (request, parts) => {
    const { workspaceRoot, app, environment } = request;
    const verification = await verify(request, {
      ...parts,
      aws: new SdkAws((call, error) => parts.pace.retried(call, error)),
      ask: askServer,
      appChecks: () => loadAppChecks(app, environment, workspaceRoot),
    });
    const folder = `dist/verify/${environment}`;
    const contents = {
      'verify.json': `${JSON.stringify(verification, undefined, 2)}\n`,
      'verify.md': verificationMarkdown(verification),
    };
    for (const [name, content] of Object.entries(contents)) writeWhole(join(workspaceRoot, folder, name), content);
    parts.say(verificationText(verification));
    parts.say(
      `  ${Object.keys(contents)
        .map((name) => `${folder}/${name}`)
        .join(', ')}`,
    );
    return verification.ok;
  },
});
