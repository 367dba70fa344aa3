import { nxCdk } from '../../cdk.json';
import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { imageTagProblem } from '@v3-backend/nx-cdk';

/** What a person gave a workflow, as environment variables of the step that checks it. */
export type Inputs = Readonly<Record<string, string | undefined>>;

/** What later jobs go by, and everything that is wrong with the inputs. */
export interface CheckedInputs {
  /** Outputs of the step, for jobs that get credentials; empty if there is any problem. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** The only branch from which an environment may be deleted, as GitHub calls it. */
const MAIN = 'refs/heads/main';
/** The word that confirms a deletion. */
const DELETE = 'DELETE';

/** Checks `ENVIRONMENT`, and `IMAGE_TAG`, which may be empty: the services then keep the image they have. */
export function checkDeployInputs({ ENVIRONMENT = '', IMAGE_TAG = '' }: Inputs): CheckedInputs {
  const environment = readEnvironment(ENVIRONMENT);
  const tagProblem = IMAGE_TAG === '' ? undefined : imageTagProblem(IMAGE_TAG);
  return checked({ ...environment.facts, 'image-tag': IMAGE_TAG }, [
    ...environment.problems,
    ...(tagProblem === undefined ? [] : [`image_tag: ${JSON.stringify(IMAGE_TAG)} ${tagProblem}`]),
  ]);
}

/**
 * Checks what confirms a deletion: `ENVIRONMENT`, the same name once more in `CONFIRM_ENVIRONMENT_NAME`, the word DELETE in
 * `CONFIRM_DELETE`, and that the workflow of the main branch runs, in `REF`.
 *
 * A confirmation is compared letter by letter, blanks included. It may say the environment as it was chosen or by its full
 * name: `prod` and `production` name the same environment.
 */
export function checkDeleteInputs(inputs: Inputs): CheckedInputs {
  const { ENVIRONMENT = '', CONFIRM_ENVIRONMENT_NAME = '', CONFIRM_DELETE = '', REF = '' } = inputs;
  const { facts, problems } = readEnvironment(ENVIRONMENT);
  const { environment } = facts;
  const names = environment === undefined ? [] : [...new Set([ENVIRONMENT.trim(), environment])];
  const expected =
    names.length === 0 ? 'it must name a known environment' : `type ${names.join(' or ')}, and nothing else`;
  return checked(facts, [
    ...problems,
    ...(names.includes(CONFIRM_ENVIRONMENT_NAME)
      ? []
      : [`confirm_environment_name: ${typed(CONFIRM_ENVIRONMENT_NAME)}; ${expected}.`]),
    ...(CONFIRM_DELETE === DELETE
      ? []
      : [`confirm_delete: ${typed(CONFIRM_DELETE)}; type ${DELETE}, in capitals, and nothing else.`]),
    ...(REF === MAIN
      ? []
      : [`The workflow runs from ${JSON.stringify(REF)}. Environments are deleted from main only.`]),
  ]);
}

interface Environment {
  /** Its name, account and region; empty if there is a problem. */
  readonly facts: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** An environment in AWS, by any of its names. */
function readEnvironment(name: string): Environment {
  try {
    const { environment, account, region } = loadEnvironmentConfig(name);
    const known = remoteEnvironments();
    if (known.includes(environment)) return { facts: { environment, account, region }, problems: [] };
    throw new Error(`${environment} is not in AWS. The environments in AWS are ${known.join(', ')}.`);
  } catch (error) {
    return { facts: {}, problems: [`environment: ${(error as Error).message}`] };
  }
}

/** The environments that do not run at a local endpoint. */
function remoteEnvironments(): string[] {
  const entries = Object.values(nxCdk.environments).filter((entry) => !('endpoint' in entry));
  return [...new Set(entries.map(({ environment }) => environment))];
}

const typed = (text: string): string => (text === '' ? 'is empty' : `is ${JSON.stringify(text)}`);

const checked = (outputs: CheckedInputs['outputs'], problems: readonly string[]): CheckedInputs => ({
  outputs: problems.length === 0 ? outputs : {},
  problems,
});
