import { AwsError } from '../wire';
import { changesNothing, describeChange, type ResourceChange, resourceChanges } from './changes';
import { requestedContent } from './content';
import { type Meddling, revertingChanges } from './drifts';
import { deployment } from './operations';
import { pageOf } from './pages';
import { SCRIPTED_ACCOUNT, SCRIPTED_REGION } from './place';
import { blankStack, type ScriptedStack, type StackContent } from './scripted-stack';
import { mustBeUpdatable } from './states';
import type { World } from './world';

/** A change set; one that failed has no content. */
interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: ScriptedStack;
  readonly content?: StackContent;
  readonly changes: readonly ResourceChange[];
  readonly reason?: string;
  executed: boolean;
}

/** What CloudFormation says of a change set without changes. */
const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** The change sets of the scripted CloudFormation. */
export class ChangeSets {
  private readonly all = new Map<string, ChangeSet>();

  public constructor(private readonly world: World) {}

  /** Compares at once what is deployed with what is asked for. */
  public create(stackName: string, request: URLSearchParams) {
    const name = request.get('ChangeSetName') ?? '';
    const stack = this.stackFor(stackName, request.get('ChangeSetType') ?? 'UPDATE', name);
    if (this.of(stack).some((other) => other.name === name)) {
      throw new AwsError(400, 'AlreadyExistsException', `ChangeSet ${name} already exists`);
    }
    const place = `${SCRIPTED_REGION}:${SCRIPTED_ACCOUNT}`;
    const id = `arn:aws:cloudformation:${place}:changeSet/${name}/${this.world.next()}`;
    this.all.set(id, { id, name, stack, executed: false, ...this.compare(stack, request) });
    return { Id: id, StackId: stack.id };
  }

  public describe(request: URLSearchParams) {
    const { id, name, stack, content, changes, reason, executed } = this.find(request);
    const described = changes.map((change) =>
      describeChange(change, stack.resources.get(change.logicalId)?.physicalId),
    );
    const available = executed ? 'EXECUTE_COMPLETE' : 'AVAILABLE';
    return {
      ChangeSetId: id,
      ChangeSetName: name,
      StackName: stack.name,
      StackId: stack.id,
      Status: content ? 'CREATE_COMPLETE' : 'FAILED',
      StatusReason: reason,
      ExecutionStatus: content ? available : 'UNAVAILABLE',
      ...pageOf('Changes', described, request, this.world.pageSize),
    };
  }

  public execute(request: URLSearchParams) {
    const changeSet = this.find(request);
    const { id, stack, content, changes } = changeSet;
    if (!content || changeSet.executed) {
      const text = `ChangeSet [${id}] cannot be executed in its current status`;
      throw new AwsError(400, 'InvalidChangeSetStatus', text);
    }
    for (const other of this.of(stack)) this.all.delete(other.id);
    this.all.set(id, changeSet);
    changeSet.executed = true;
    for (const { logicalId } of changes) this.world.meddled.delete(logicalId);
    this.world.start(stack, deployment(stack, content, changes, this.world));
    return {};
  }

  /** Deleting a change set that is not there succeeds. */
  public delete(request: URLSearchParams) {
    const found = this.lookUp(request);
    if (found) this.all.delete(found.id);
    return {};
  }

  public list(stack: ScriptedStack) {
    const summaries = this.of(stack).map(({ id, name, content }) => ({
      ChangeSetId: id,
      ChangeSetName: name,
      StackId: stack.id,
      Status: content ? 'CREATE_COMPLETE' : 'FAILED',
    }));
    return { Summaries: summaries };
  }

  private find(request: URLSearchParams): ChangeSet {
    const found = this.lookUp(request);
    if (found) return found;
    throw new AwsError(404, 'ChangeSetNotFound', `ChangeSet [${request.get('ChangeSetName')}] does not exist`);
  }

  /** A change set by its ARN, or by its name and stack. */
  private lookUp(request: URLSearchParams): ChangeSet | undefined {
    const name = request.get('ChangeSetName') ?? '';
    const of = request.get('StackName') ?? '';
    const isAsked = (one: ChangeSet) => one.name === name && [one.stack.name, one.stack.id].includes(of);
    return this.all.get(name) ?? [...this.all.values()].find(isAsked);
  }

  private of(stack: ScriptedStack): ChangeSet[] {
    return [...this.all.values()].filter((one) => one.stack === stack);
  }

  private stackFor(name: string, type: string, changeSet: string): ScriptedStack {
    const stack = this.world.stacks.get(name);
    if (type === 'CREATE') {
      if (stack && stack.status !== 'REVIEW_IN_PROGRESS') {
        const text = `Stack [${name}] already exists and cannot be created again with the changeSet [${changeSet}].`;
        throw new AwsError(400, 'ValidationError', text);
      }
      const made = stack ?? blankStack(name, this.world.next());
      this.world.stacks.set(name, made);
      return made;
    }
    if (!stack) throw new AwsError(400, 'ValidationError', `Stack [${name}] does not exist`);
    mustBeUpdatable(stack);
    return stack;
  }

  private compare(stack: ScriptedStack, request: URLSearchParams): Pick<ChangeSet, 'content' | 'changes' | 'reason'> {
    try {
      const content = requestedContent(stack, request, this.world);
      const differing = resourceChanges(stack, content, this.world.replacing);
      const drift = request.get('DeploymentMode') === 'REVERT_DRIFT' ? this.world.meddled : new Map<string, Meddling>();
      const changes = [...differing, ...revertingChanges(stack, drift, differing)];
      return changesNothing(stack, content, changes) ? { changes: [], reason: NO_CHANGES } : { content, changes };
    } catch (error) {
      return { changes: [], reason: (error as Error).message };
    }
  }
}
