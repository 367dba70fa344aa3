import { AwsError, stringsOf } from '../wire';
import { ChangeSets } from './change-sets';
import { changesNothing, resourceChanges } from './changes';
import { requestedContent } from './content';
import { Drifts } from './drifts';
import { continuedRollback, deletion, deployment, unknownOperation } from './operations';
import { pageOf } from './pages';
import { blankStack, describeResources, describeStack, type ScriptedStack, summarizeStack } from './scripted-stack';
import { StackRefactors } from './stack-refactors';
import { mustBeDeletable, mustBeIn, mustBeUpdatable } from './states';
import { World } from './world';

/** CloudFormation without resources: stacks, change sets, events, exports, and the SSM parameters that templates publish. */
export class ScriptedCloudFormation extends World {
  private readonly changeSets = new ChangeSets(this);
  private readonly refactors = new StackRefactors(this, (name) => this.stackPolicies.has(name));
  private readonly drifts = new Drifts(this.meddled, this.incomparable, () => this.pollsPerStep);
  /** By the token of the request: one that is repeated, because its answer got lost, is not carried out again. */
  private readonly answered = new Map<string, unknown>();

  /** The name of a stack given by name or ARN. */
  public nameOf(stack: string | undefined): string | undefined {
    return stack?.startsWith('arn:') ? stack.split('/')[1] : stack;
  }

  /** Puts a stack in place as an earlier run left it; an operation that runs ends when it was asked for a few times. */
  public leave(name: string, status: string): void {
    const stack = this.stacks.get(name) ?? blankStack(name, this.next());
    stack.status = status;
    stack.operation = status.endsWith('_IN_PROGRESS') ? unknownOperation(stack, this) : undefined;
    if (status === 'REVIEW_IN_PROGRESS') stack.operation = undefined;
    this.stacks.set(name, stack);
  }

  /** Ships a template as somebody else would; a text as it is written. */
  public shipBehind(name: string, template: object | string): void {
    const stack = this.stacks.get(name) ?? blankStack(name, this.next());
    this.stacks.set(name, stack);
    const TemplateBody = typeof template === 'string' ? template : JSON.stringify(template);
    const content = requestedContent(stack, new URLSearchParams({ TemplateBody }), this);
    this.start(stack, deployment(stack, content, resourceChanges(stack, content, this.replacing), this));
  }

  /** Answers one request. */
  public handle(action: string, request: URLSearchParams): unknown {
    const answer = this.answers[action];
    if (!answer) throw new AwsError(400, 'InvalidAction', `The script has no ${action}`);
    const token = request.get('ClientRequestToken') ?? request.get('ClientToken');
    const known = this.answered.get(token ?? '');
    if (known !== undefined) return known;
    const answered = answer(request);
    if (token !== null) this.answered.set(token, answered);
    return answered;
  }

  private readonly answers: Readonly<Record<string, (request: URLSearchParams) => unknown>> = {
    DescribeStacks: (request) => {
      if (!request.has('StackName')) {
        return pageOf('Stacks', [...this.stacks.values()].map(describeStack), request, this.pageSize);
      }
      return { Stacks: [describeStack(this.polled(request))] };
    },
    ListStacks: (request) => {
      const filter = stringsOf(request, 'StackStatusFilter');
      const all = [...this.stacks.values(), ...this.deleted.values()];
      const wanted = all.filter(({ status }) => filter.length === 0 || filter.includes(status));
      return pageOf('StackSummaries', wanted.map(summarizeStack), request, this.pageSize);
    },
    GetTemplate: (request) => ({ TemplateBody: this.find(request).body }),
    DescribeStackEvents: (request) =>
      pageOf('StackEvents', [...this.polled(request).events].reverse(), request, this.pageSize),
    DescribeStackResources: (request) => ({ StackResources: describeResources(this.find(request)) }),
    ListStackResources: (request) => {
      const there = describeResources(this.find(request)).filter((one) => one['ResourceStatus'] !== 'DELETE_COMPLETE');
      return pageOf('StackResourceSummaries', there, request, this.pageSize);
    },
    ListExports: (request) => {
      const all = this.exported().map(({ stack, name, value }) => ({
        ExportingStackId: stack.id,
        Name: name,
        Value: value,
      }));
      return pageOf('Exports', all, request, this.pageSize);
    },
    ListImports: (request) => {
      const name = request.get('ExportName') ?? '';
      const importers = this.importersOf(name);
      if (importers.length > 0) return pageOf('Imports', importers, request, this.pageSize);
      throw new AwsError(400, 'ValidationError', `Export '${name}' is not imported by any stack.`);
    },
    CreateChangeSet: (request) =>
      this.changeSets.create(this.nameOf(request.get('StackName') ?? undefined) ?? '', request),
    DescribeChangeSet: (request) => this.changeSets.describe(request),
    ExecuteChangeSet: (request) => this.changeSets.execute(request),
    DeleteChangeSet: (request) => this.changeSets.delete(request),
    ListChangeSets: (request) => this.changeSets.list(this.find(request)),
    DetectStackDrift: (request) => this.drifts.detect(this.find(request)),
    DescribeStackDriftDetectionStatus: (request) => this.drifts.status(request.get('StackDriftDetectionId') ?? ''),
    DescribeStackResourceDrifts: (request) =>
      pageOf('StackResourceDrifts', this.drifts.of(this.find(request)), request, this.pageSize),
    GetStackPolicy: (request) => ({ StackPolicyBody: this.stackPolicies.get(this.find(request).name) }),
    DescribeType: (request) => ({ ProvisioningType: this.provisioningType(request.get('TypeName') ?? '') }),
    CreateStackRefactor: (request) => this.refactors.create(request),
    DescribeStackRefactor: (request) => this.refactors.describe(request),
    ListStackRefactorActions: (request) => this.refactors.actions(request),
    ExecuteStackRefactor: (request) => this.refactors.execute(request),
    CreateStack: (request) => this.create(request),
    UpdateStack: (request) => this.update(this.find(request), request),
    DeleteStack: (request) => this.delete(request),
    ContinueUpdateRollback: (request) => {
      const stack = this.find(request);
      mustBeIn(stack, ['UPDATE_ROLLBACK_FAILED'], 'continue its rollback');
      this.start(stack, continuedRollback(stack, stringsOf(request, 'ResourcesToSkip'), this));
      return {};
    },
    RollbackStack: (request) => {
      const stack = this.find(request);
      mustBeIn(stack, ['CREATE_FAILED', 'UPDATE_FAILED'], 'be rolled back');
      this.start(stack, continuedRollback(stack, [], this));
      return { StackId: stack.id };
    },
    UpdateTerminationProtection: (request) => {
      const stack = this.find(request);
      stack.terminationProtection = request.get('EnableTerminationProtection') === 'true';
      return { StackId: stack.id };
    },
  };

  /** A stack by name, or, also after its deletion, by id. */
  private find(request: URLSearchParams): ScriptedStack {
    const asked = request.get('StackName') ?? '';
    const current = this.stacks.get(this.nameOf(asked) ?? '');
    const stack = current?.id === asked || !asked.startsWith('arn:') ? current : this.deleted.get(asked);
    if (!stack) throw new AwsError(400, 'ValidationError', `Stack with id ${asked} does not exist`);
    return stack;
  }

  private polled(request: URLSearchParams): ScriptedStack {
    const stack = this.find(request);
    this.poll(stack);
    return stack;
  }

  private create(request: URLSearchParams) {
    const name = request.get('StackName') ?? '';
    if (this.stacks.has(name)) throw new AwsError(400, 'AlreadyExistsException', `Stack [${name}] already exists`);
    const stack = blankStack(name, this.next());
    const content = requestedContent(stack, request, this);
    this.stacks.set(name, stack);
    stack.terminationProtection = request.get('EnableTerminationProtection') === 'true';
    this.start(stack, deployment(stack, content, resourceChanges(stack, content, this.replacing), this));
    return { StackId: stack.id };
  }

  private update(stack: ScriptedStack, request: URLSearchParams) {
    mustBeUpdatable(stack);
    const content = requestedContent(stack, request, this);
    const changes = resourceChanges(stack, content, this.replacing);
    if (changesNothing(stack, content, changes)) {
      throw new AwsError(400, 'ValidationError', 'No updates are to be performed.');
    }
    this.start(stack, deployment(stack, content, changes, this));
    return { StackId: stack.id };
  }

  /** Deleting a stack that is not there succeeds. */
  private delete(request: URLSearchParams) {
    const stack = this.stacks.get(this.nameOf(request.get('StackName') ?? undefined) ?? '');
    if (!stack) return {};
    mustBeDeletable(stack);
    this.start(stack, deletion(stack, stringsOf(request, 'RetainResources'), this));
    return {};
  }
}
