import { importsOf } from '../../assembly/template';
import { parseTemplate } from '../../migration/parse-template';
import type { ReplacingProperties } from './changes';
import type { Meddling } from './drifts';
import type { ScriptedResource, ScriptedStack, StackContent } from './scripted-stack';

/** Properties whose value one resource of a type can have. */
const NAMES = ['Name', 'RoleName', 'LogGroupName'];

/** Everything that the scripted CloudFormation knows, and what tests set in it. */
export class World {
  /** By name. */
  public readonly stacks = new Map<string, ScriptedStack>();
  /** By id: a deleted stack can still be asked for by its id. */
  public readonly deleted = new Map<string, ScriptedStack>();
  /** Uploaded templates, by name. */
  public readonly uploaded = new Map<string, string>();
  /** Reason by logical id: creating or updating that resource fails. */
  public readonly failing = new Map<string, string>();
  /** Reason by logical id: bringing that resource back after a failed update fails, too. */
  public readonly failingRollback = new Map<string, string>();
  /** Reason by logical id: deleting that resource fails. */
  public readonly failingDeletion = new Map<string, string>();
  /** Names of properties whose change replaces the resource. */
  public readonly replacing = {
    always: new Set<string>(),
    conditionally: new Set<string>(),
  } satisfies ReplacingProperties;
  /** What somebody did to resources without CloudFormation, by logical id. */
  public readonly meddled = new Map<string, Meddling>();
  /** Types without drift detection. */
  public readonly incomparable = new Set<string>();
  /** Stack policies by stack name. */
  public readonly stackPolicies = new Map<string, string>();
  /** What the registry says of a type. */
  public provisioningType: (type: string) => string = () => 'FULLY_MUTABLE';
  /** How often a stack, or its events, must be asked for until its operation makes the next step; 0: it ends at once. */
  public pollsPerStep = 0;
  /** The most items in one answer. */
  public pageSize = 100;
  private sequence = 0;

  public constructor(
    /** SSM parameters by name. */
    public readonly ssm: Map<string, string>,
    /** Directory that the template URLs' files are in. */
    public readonly templates: string,
  ) {}

  /** A number that was not handed out before. */
  public next(): number {
    return ++this.sequence;
  }

  /** Values of all exports, by name. */
  public get exports(): Map<string, string> {
    return new Map(this.exported().map(({ name, value }) => [name, value]));
  }

  /** All exports. */
  public exported(): { stack: ScriptedStack; name: string; value: string }[] {
    return [...this.stacks.values()].flatMap((stack) =>
      Object.values(stack.outputs).flatMap(({ exportName, value }) =>
        exportName === undefined ? [] : [{ stack, name: exportName, value }],
      ),
    );
  }

  /** Names of the deployed stacks that import a value. */
  public importersOf(exportName: string): string[] {
    return [...this.stacks.values()]
      .filter(({ body }) => importsOf(parseTemplate(body)).includes(exportName))
      .map(({ name }) => name);
  }

  /** Why a stack must not get these outputs: a stack that is deployed imports what they drop or change. */
  public exportConflict(stack: ScriptedStack, outputs: StackContent['outputs']): string | undefined {
    const next = new Map(Object.values(outputs).map(({ exportName, value }) => [exportName, value]));
    for (const { exportName, value } of Object.values(stack.outputs)) {
      if (exportName === undefined || next.get(exportName) === value) continue;
      const users = this.importersOf(exportName).join(', ');
      const verb = next.has(exportName) ? 'update' : 'delete';
      if (users !== '') return `Cannot ${verb} export ${exportName} as it is in use by ${users}`;
    }
    return undefined;
  }

  /** Why a stack cannot create a resource: one of this type and name is in another stack. */
  public nameConflict(stack: ScriptedStack, { type, properties }: ScriptedResource): string | undefined {
    const name = NAMES.map((key) => properties[key]).find((value) => value !== undefined);
    const holder = [...this.stacks.values()].find(
      (other) =>
        other !== stack &&
        name !== undefined &&
        [...other.resources.values()].some(
          (resource) => resource.type === type && NAMES.some((key) => resource.properties[key] === name),
        ),
    );
    return holder && `${String(name)} already exists in stack ${holder.id}`;
  }

  /** Starts an operation: to its end, or to its first step. */
  public start(stack: ScriptedStack, operation: Iterator<void>): void {
    stack.operation = operation;
    let step = operation.next();
    while (this.pollsPerStep === 0 && !step.done) step = operation.next();
    if (step.done) stack.operation = undefined;
  }

  /** Somebody asks for a stack: its operation goes on. */
  public poll(stack: ScriptedStack): void {
    stack.polls = (stack.polls + 1) % Math.max(1, this.pollsPerStep);
    if (stack.polls === 0 && stack.operation?.next().done) stack.operation = undefined;
  }
}
