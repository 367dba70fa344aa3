import { isDeepStrictEqual } from 'node:util';
import { importsOf, type Template } from '../../assembly/template';
import { parseTemplate } from '../../migration/parse-template';
import { refusalOf } from '../../migration/refused-types';
import { AwsError } from '../wire';
import { requestedContent } from './content';
import { pageOf } from './pages';
import {
  blankStack,
  enter,
  recordEvent,
  type ScriptedResource,
  type ScriptedStack,
  type StackContent,
} from './scripted-stack';
import { mustBeUpdatable } from './states';
import type { World } from './world';

interface Place {
  readonly stackName: string;
  readonly logicalId: string;
}

interface Mapping {
  readonly source: Place;
  readonly destination: Place;
}

/** What a refactor makes of one stack. */
interface Definition {
  readonly stack: ScriptedStack;
  readonly isNew: boolean;
  readonly template: Template;
  readonly body: string;
}

interface Refactor {
  readonly id: string;
  readonly definitions: readonly Definition[];
  readonly mappings: readonly Mapping[];
  /** Why it was not made. */
  readonly reason?: string;
  executionReason?: string;
  executed?: boolean;
}

/** The service's rule: at least 2 stacks, at most 5. */
const STACKS = { least: 2, most: 5 };

/** Sections that a refactor must not change. */
const FIXED_SECTIONS = ['Parameters', 'Conditions', 'Mappings', 'Rules', 'Transform'];

/** What CloudFormation says of a change that is not a move. */
const NOT_PERMITTED = 'Found an action type that is not permitted during refactor operations:';

/**
 * The stack refactors of the scripted CloudFormation, with the service's rules: "Stack refactoring" in its user guide. Where
 * the service's own words are known from published answers, they are used.
 */
export class StackRefactors {
  private readonly all = new Map<string, Refactor>();

  public constructor(
    private readonly world: World,
    /** Names of stacks that have a stack policy. */
    private readonly hasPolicy: (stackName: string) => boolean,
  ) {}

  /** Checks at once. What is wrong is told by `describe`, unless the request itself is. */
  public create(request: URLSearchParams) {
    const definitions = this.definitionsOf(request);
    const mappings = mappingsOf(request);
    const id = `refactor-${this.world.next()}`;
    this.all.set(id, { id, definitions, mappings, reason: this.reasonAgainst(definitions, mappings) });
    return { StackRefactorId: id };
  }

  public describe(request: URLSearchParams) {
    const { id, definitions, reason, executionReason, executed } = this.find(request);
    const execution = executionReason === undefined ? 'EXECUTE_COMPLETE' : 'ROLLBACK_COMPLETE';
    return {
      StackRefactorId: id,
      StackIds: definitions.map(({ stack }) => stack.id),
      Status: reason === undefined ? 'CREATE_COMPLETE' : 'CREATE_FAILED',
      StatusReason: reason,
      ExecutionStatus: executed ? execution : reason === undefined ? 'AVAILABLE' : 'UNAVAILABLE',
      ExecutionStatusReason: executionReason,
    };
  }

  public actions(request: URLSearchParams) {
    const { definitions, mappings } = this.find(request);
    const made = definitions
      .filter(({ isNew }) => isNew)
      .map(({ stack }) => ({ Action: 'CREATE', Entity: 'STACK', PhysicalResourceId: stack.id }));
    const moved = mappings.map(({ source, destination }) => ({
      Action: 'MOVE',
      Entity: 'RESOURCE',
      PhysicalResourceId: this.world.stacks.get(source.stackName)?.resources.get(source.logicalId)?.physicalId,
      Detection: 'MANUAL',
      ResourceMapping: {
        Source: { StackName: source.stackName, LogicalResourceId: source.logicalId },
        Destination: { StackName: destination.stackName, LogicalResourceId: destination.logicalId },
      },
    }));
    return pageOf('StackRefactorActions', [...made, ...moved], request, this.world.pageSize);
  }

  /** Moves everything, or, where a value would change, nothing. */
  public execute(request: URLSearchParams) {
    const refactor = this.find(request);
    if (refactor.reason !== undefined || refactor.executed) {
      throw new AwsError(
        400,
        'ValidationError',
        `StackRefactor ${refactor.id} cannot be executed in its current status`,
      );
    }
    refactor.executed = true;
    const { definitions, mappings } = refactor;
    const before = new Map(definitions.map(({ stack }) => [stack, { ...stack, resources: new Map(stack.resources) }]));
    try {
      this.move(definitions, mappings);
    } catch (error) {
      refactor.executionReason = (error as Error).message;
      for (const [stack, state] of before) Object.assign(stack, state);
      for (const { stack, isNew } of definitions) if (isNew) this.world.stacks.delete(stack.name);
    }
    return {};
  }

  private move(definitions: readonly Definition[], mappings: readonly Mapping[]): void {
    const original = new Map(definitions.map(({ stack }) => [stack.name, new Map(stack.resources)]));
    const placed = (name: string, logicalId: string): ScriptedResource | undefined => {
      const mapping = mappings.find(
        ({ destination }) => destination.stackName === name && destination.logicalId === logicalId,
      );
      return mapping
        ? original.get(mapping.source.stackName)?.get(mapping.source.logicalId)
        : original.get(name)?.get(logicalId);
    };
    // One stack after the other, in an order in which each export is there before it is imported.
    const waiting = [...definitions];
    while (waiting.length > 0) {
      const exported = new Set(this.world.exports.keys());
      const index = waiting.findIndex(({ template }) => importsOf(template).every((name) => exported.has(name)));
      if (index < 0) {
        const missing = waiting.flatMap(({ template }) => importsOf(template).filter((name) => !exported.has(name)));
        throw new AwsError(400, 'ValidationError', `No export named ${missing[0]} found.`);
      }
      const [definition] = waiting.splice(index, 1);
      const { stack, template, body, isNew } = definition!;
      const names = Object.keys(template.Resources ?? {});
      stack.resources = new Map(names.map((id) => [id, placed(stack.name, id)!]));
      const next = contentOf(stack, body, this.world);
      for (const [id, { properties }] of next.resources) {
        if (isDeepStrictEqual(properties, stack.resources.get(id)!.properties)) continue;
        throw new AwsError(
          400,
          'ValidationError',
          `Resource ${id} in stack ${stack.id} does not match the destination resource's properties.`,
        );
      }
      const conflict = this.world.exportConflict(stack, next.outputs);
      if (conflict !== undefined) throw new AwsError(400, 'ValidationError', conflict);
      Object.assign(stack, next);
      if (isNew) this.world.stacks.set(stack.name, stack);
    }
    for (const { stack, isNew } of definitions) {
      for (const { source } of mappings.filter((one) => one.source.stackName === stack.name)) {
        if (!stack.resources.has(source.logicalId))
          recordEvent(
            stack,
            source.logicalId,
            original.get(stack.name)!.get(source.logicalId)!.type,
            'DELETE_COMPLETE',
          );
      }
      for (const [id, { type }] of stack.resources)
        recordEvent(stack, id, type, isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
      enter(stack, isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
    }
  }

  private definitionsOf(request: URLSearchParams): Definition[] {
    const prefix = 'StackDefinitions.member.';
    const count = new Set(
      [...request.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).split('.')[0]),
    ).size;
    if (count < STACKS.least || count > STACKS.most) {
      throw new AwsError(
        400,
        'ValidationError',
        `A stack refactor takes ${STACKS.least} to ${STACKS.most} stacks, not ${count}.`,
      );
    }
    return Array.from({ length: count }, (_, index): Definition => {
      const of = (key: string) => request.get(`${prefix}${index + 1}.${key}`);
      const name = of('StackName') ?? '';
      const existing = this.world.stacks.get(name);
      if (!existing && request.get('EnableStackCreation') !== 'true') {
        throw new AwsError(400, 'ValidationError', `Stack ${name} does not exist`);
      }
      const body = of('TemplateBody') ?? this.world.uploaded.get((of('TemplateURL') ?? '').split('/').at(-1)!);
      if (body === undefined || Buffer.byteLength(of('TemplateBody') ?? '') > 51_200) {
        throw new AwsError(
          400,
          'ValidationError',
          `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200`,
        );
      }
      const stack = existing ?? blankStack(name, this.world.next());
      return { stack, isNew: !existing, template: parseTemplate(body), body };
    });
  }

  /** What the service finds when it validates; the first of it. */
  private reasonAgainst(definitions: readonly Definition[], mappings: readonly Mapping[]): string | undefined {
    for (const { stack, isNew, template } of definitions) {
      if (this.hasPolicy(stack.name)) return `${stack.id}: Stack Refactor does not support stacks with a stack policy.`;
      if (!isNew) {
        try {
          mustBeUpdatable(stack);
        } catch (error) {
          return (error as Error).message;
        }
      }
      if (Object.keys(template.Resources ?? {}).length === 0)
        return `${stack.id}: At least one Resources member must be defined.`;
      const deployed = parseTemplate(stack.body);
      if (FIXED_SECTIONS.some((section) => !isDeepStrictEqual(template[section], deployed[section])))
        return `${stack.id}: ${NOT_PERMITTED} Modify`;
    }
    const destinations = mappings.map(({ destination }) => `${destination.stackName}/${destination.logicalId}`);
    if (new Set(destinations).size < destinations.length)
      return 'ResourceMapping is invalid: a destination is named twice';
    for (const { source, destination } of mappings) {
      const from = definitions.find(({ stack }) => stack.name === source.stackName);
      const to = definitions.find(({ stack }) => stack.name === destination.stackName);
      const resource = from?.stack.resources.get(source.logicalId);
      if (!from || !to || !resource || !to.template.Resources?.[destination.logicalId]) {
        return `Could not find any source stacks for Logical ID and Stack ID pairs: ${destination.logicalId} -> ${destination.stackName}`;
      }
      if (refusalOf(resource.type) !== undefined)
        return `${from.stack.id}: Stack Refactor does not support ${resource.type}.`;
      const definition = parseTemplate(from.stack.body).Resources?.[source.logicalId];
      if (/AWS::(StackName|StackId|NotificationARNs)/.test(JSON.stringify(definition))) {
        return `${from.stack.id}: ${source.logicalId} refers to a pseudo parameter whose value differs between the stacks.`;
      }
      if (
        source.stackName !== destination.stackName &&
        from.template.Resources?.[source.logicalId] &&
        !destinations.includes(`${source.stackName}/${source.logicalId}`)
      ) {
        return `${from.stack.id}: ${source.logicalId} is still in the template of the stack it moves from.`;
      }
    }
    return unmapped(definitions, mappings);
  }

  private find(request: URLSearchParams): Refactor {
    const found = this.all.get(request.get('StackRefactorId') ?? '');
    if (found) return found;
    throw new AwsError(404, 'StackRefactorNotFound', `StackRefactor ${request.get('StackRefactorId')} does not exist`);
  }
}

/** A refactor neither makes a resource nor deletes one, nor changes what is written beside its properties. */
function unmapped(definitions: readonly Definition[], mappings: readonly Mapping[]): string | undefined {
  for (const { stack, template } of definitions) {
    const deployed = parseTemplate(stack.body).Resources ?? {};
    const leaving = mappings
      .filter(({ source }) => source.stackName === stack.name)
      .map(({ source }) => source.logicalId);
    for (const [id, resource] of Object.entries(template.Resources ?? {})) {
      const mapping = mappings.find(
        ({ destination }) => destination.stackName === stack.name && destination.logicalId === id,
      );
      const from = mapping && definitions.find((one) => one.stack.name === mapping.source.stackName)!.stack;
      const before = mapping
        ? parseTemplate(from!.body).Resources?.[mapping.source.logicalId]
        : leaving.includes(id)
          ? undefined
          : deployed[id];
      if (!before) return `${stack.id}: ${NOT_PERMITTED} Add`;
      if (!isDeepStrictEqual(besideProperties(before), besideProperties(resource)))
        return `${stack.id}: ${NOT_PERMITTED} Modify`;
    }
    const gone = Object.keys(deployed).filter((id) => !leaving.includes(id) && !template.Resources?.[id]);
    if (gone.length > 0) return `${stack.id}: ${NOT_PERMITTED} Remove`;
  }
  return undefined;
}

/** What depends on what is no configuration of a resource. */
function besideProperties(resource: object): object {
  const { Properties: _properties, DependsOn: _dependsOn, ...rest } = resource as Record<string, unknown>;
  return rest;
}

function contentOf(stack: ScriptedStack, body: string, world: World): StackContent {
  const request = new URLSearchParams({ TemplateBody: body });
  Object.keys(stack.parameters).forEach((key, index) => {
    request.set(`Parameters.member.${index + 1}.ParameterKey`, key);
    request.set(`Parameters.member.${index + 1}.UsePreviousValue`, 'true');
  });
  return requestedContent(stack, request, world);
}

function mappingsOf(request: URLSearchParams): Mapping[] {
  const mappings: Mapping[] = [];
  for (let index = 1; request.has(`ResourceMappings.member.${index}.Source.StackName`); index += 1) {
    const place = (side: string): Place => ({
      stackName: request.get(`ResourceMappings.member.${index}.${side}.StackName`) ?? '',
      logicalId: request.get(`ResourceMappings.member.${index}.${side}.LogicalResourceId`) ?? '',
    });
    mappings.push({ source: place('Source'), destination: place('Destination') });
  }
  return mappings;
}
