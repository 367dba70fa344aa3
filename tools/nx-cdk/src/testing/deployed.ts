import type { TemplateResource } from '../assembly/template';
import type { Aws } from '../verify/aws';
import { type Check, type Finding } from '../verify/check';
import { DeployedApp, type VerifiedStack } from '../verify/deployed-app';

/** A resource of a made-up deployed stack. */
export type ResourceSketch = TemplateResource & { readonly id?: string };

/** A deployed stack of that name in which each resource has its logical id as its physical id, unless it says another. */
export function deployedStack(
  name: string,
  resources: Readonly<Record<string, ResourceSketch>>,
  parameters: VerifiedStack['state']['parameters'] = {},
): VerifiedStack {
  return {
    name,
    stackName: `shop-${name}`,
    account: '123456789012',
    region: 'eu-west-1',
    place: { region: 'eu-west-1' },
    physicalIds: new Map(Object.entries(resources).map(([logicalId, { id }]) => [logicalId, id ?? logicalId])),
    state: {
      stackId: `arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-${name}/5`,
      status: 'CREATE_COMPLETE',
      template: { Resources: resources },
      parameters,
      tags: {},
      terminationProtection: false,
      notificationArns: [],
      outputs: {},
      exports: [],
      lastUpdated: '2026-01-01T00:00:00.000Z',
    },
  };
}

/** Deployed stacks, all of them to be checked. */
export const deployedApp = (...stacks: readonly VerifiedStack[]): DeployedApp =>
  new DeployedApp(stacks, new Set(stacks.map(({ name }) => name)));

/** Answers by the name of the command, without `Command`; an error is thrown. */
export type Answers = Readonly<Record<string, (input: Record<string, unknown>) => object>>;

/** An error as a service of AWS answers it. */
export const awsError = (name: string): Error => Object.assign(new Error(`${name} it is`), { name });

/** AWS that answers what a test says, and nothing else. */
export function scriptedClients(answers: Answers): Aws {
  // The SDK's own class, so that its paginators take it.
  const client = <Client>(Class: { readonly prototype: Client }): Promise<Client> =>
    Promise.resolve(
      Object.assign(Object.create(Class.prototype as object) as Client & object, {
        send: async (command: { readonly constructor: { readonly name: string }; readonly input: object }) => {
          const name = command.constructor.name.replace(/Command$/, '');
          const answer = answers[name];
          if (!answer) throw new Error(`The test has no answer to ${name}`);
          const found = answer(command.input as Record<string, unknown>);
          if (found instanceof Error) throw found;
          return Promise.resolve(found);
        },
      }),
    );
  return { reader: client as unknown as Aws['reader'], own: client as unknown as Aws['own'] };
}

/** What a check finds. */
export function findingsOf(check: Check, app: DeployedApp, answers: Answers): Promise<readonly Finding[]> {
  return check.run(check.subjects(app), app, scriptedClients(answers));
}

/** What a check of one resource finds of it: `true` and the evidence, or `false` and what is wrong. */
export async function findingOf(check: Check, app: DeployedApp, answers: Answers): Promise<[boolean, string]> {
  const [{ ok, evidence }] = (await findingsOf(check, app, answers)) as [Finding];
  return [ok, evidence];
}
