import type { Template, TemplateResource } from '../assembly/template';
import { type DeployedLayout, keyOf, locationOf, resourcesOf } from './layout';
import { asReference, replaceReferences, toTemplate } from './references';
import { isListParameter, valueOfParameter } from './resolvers';
import {
  exportedValue,
  type ExportedValue,
  exportOf,
  importedValue,
  isSameValue,
  type SharedValue,
} from './shared-values';
import type { MoveStep } from './steps';

/** Templates by stack. */
export type StepTemplates = ReadonlyMap<string, Template>;

/** What the operations do, one after the other. */
export interface Rendered {
  /** Ordinary updates before the first refactor, which only add: exports, and something that keeps a stack from being empty. */
  readonly preparation: StepTemplates;
  readonly steps: readonly { readonly step: MoveStep; readonly templates: StepTemplates }[];
  /** Outputs that go, since what they tell has moved and nobody imports them. */
  readonly droppedOutputs: readonly { readonly stackName: string; readonly output: string }[];
}

/** Keeps a stack from being empty, which CloudFormation does not support. The example in AWS's documentation. */
export const PLACEHOLDER = {
  logicalId: 'MigrationPlaceholder',
  resource: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'keeps the stack from being empty' } },
} satisfies { logicalId: string; resource: TemplateResource };

/** Names of the stacks that import an export and do not take part. */
export type Importers = (exportName: string) => readonly string[];

/**
 * Writes the templates of every operation.
 *
 * A refactor changes no resource, so properties are as deployed; only what they are written with changes where it has to:
 * parameters of the old stack become their values, since a refactor adds no parameters, and references to resources of other
 * stacks become imports. An import is of an export that is there before the operation, or that a stack gets in it which comes
 * earlier in its order. Where neither is possible, the stack that has the resource gets the export earlier: in the
 * preparation, or in the step in which it got the resource.
 */
export function render(
  participants: readonly DeployedLayout[],
  steps: readonly MoveStep[],
  importers: Importers,
): Rendered {
  const wanted = new Map<string, SharedValue & { stackName: string }>();
  for (;;) {
    const before = wanted.size;
    const rendered = new Rendering(participants, importers, wanted).run(steps);
    if (wanted.size === before) return rendered;
  }
}

class Rendering {
  /** Where each resource is now, by where it was deployed. */
  private readonly home = new Map<string, string>();
  private readonly definitions = new Map<string, TemplateResource>();
  private readonly original: ReadonlyMap<string, DeployedLayout>;
  /** The templates now. */
  private readonly templates = new Map<string, Template>();
  /** The exports that the stacks have of themselves. */
  private readonly given: ExportedValue[] = [];
  /** The exports that the migration adds. They stay until the stacks are deployed. */
  private readonly added: ExportedValue[] = [];
  private readonly dropped = new Map<string, { stackName: string; output: string }>();

  public constructor(
    participants: readonly DeployedLayout[],
    private readonly importers: Importers,
    /** Exports that must be there before an operation that needs them; grows while it runs. */
    private readonly wanted: Map<string, SharedValue & { stackName: string }>,
  ) {
    this.original = new Map(participants.map((stack) => [stack.stackName, stack]));
    for (const { stackName, template } of participants) {
      this.templates.set(stackName, template);
      for (const [logicalId, resource] of resourcesOf(template)) {
        const key = keyOf({ stackName, logicalId });
        this.home.set(key, key);
        this.definitions.set(key, resource);
      }
    }
    this.findExports();
  }

  public run(steps: readonly MoveStep[]): Rendered {
    const emptied = this.emptiedBy(steps);
    const preparation = new Map<string, Template>();
    for (const { stackName, template } of this.original.values()) {
      this.addWanted(stackName);
      const outputs = this.addedOutputs(stackName);
      if (!emptied.has(stackName) && Object.keys(outputs).length === 0) continue;
      preparation.set(stackName, {
        ...template,
        Resources: { ...template.Resources, ...placeholderOf(stackName, emptied) },
        ...withOutputs({ ...template.Outputs, ...outputs }),
      });
    }
    for (const [name, template] of preparation) this.templates.set(name, template);
    const done = steps.map((step) => ({ step, templates: this.perform(step, emptied) }));
    return { preparation, steps: done, droppedOutputs: [...this.dropped.values()] };
  }

  /** The exports of single values, and those of what another stack exports. */
  private findExports(): void {
    for (let before = -1; before !== this.given.length;) {
      before = this.given.length;
      for (const { stackName, template } of this.original.values()) {
        for (const [output, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
          const exportName = Export?.Name;
          if (typeof exportName !== 'string' || this.given.some((one) => one.exportName === exportName)) continue;
          const value = this.exportedBy(stackName, Value);
          if (value) this.given.push({ ...value, stackName, exportName, output });
        }
      }
    }
  }

  private exportedBy(stackName: string, value: unknown): SharedValue | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const reference = asReference(value);
    const resource = keyOf({ stackName, logicalId: reference?.name ?? '' });
    if (this.home.has(resource)) return { resource, attribute: reference?.attribute, asList: false };
    const imported = (value as Record<string, unknown>)['Fn::ImportValue'];
    const source = this.given.find(({ exportName }) => exportName === imported);
    return source && { resource: source.resource, attribute: source.attribute, asList: source.asList };
  }

  private perform({ moves, targets, sources }: MoveStep, emptied: ReadonlySet<string>): StepTemplates {
    const operation = {
      order: [...targets, ...sources],
      there: [...this.given, ...this.added],
      before: new Map(this.home),
    };
    for (const { from, to } of moves) this.home.set(from, to);
    for (const stackName of targets) this.addWanted(stackName);
    // From the last to the first: a stack gets the exports that those after it need.
    const rendered = [...operation.order].reverse().map((stackName) => {
      const exportFor: ExportFor = (value) => this.exportFor(stackName, value, operation);
      return [stackName, this.renderStack(stackName, exportFor, emptied)] as const;
    });
    for (const [name, template] of rendered) this.templates.set(name, template);
    return new Map(rendered.reverse());
  }

  private renderStack(stackName: string, exportFor: ExportFor, emptied: ReadonlySet<string>): Template {
    const { template } = this.original.get(stackName) ?? { template: {} as Template };
    const resources = [...this.home].filter(([, now]) => locationOf(now).stackName === stackName);
    const notes = Object.entries(template.Resources ?? {}).filter(
      ([logicalId]) => !this.definitions.has(keyOf({ stackName, logicalId })),
    );
    const { Resources: _resources, Outputs: _outputs, ...sections } = template;
    return {
      ...sections,
      Resources: {
        ...Object.fromEntries(
          resources.map(([key, now]) => [locationOf(now).logicalId, this.renderResource(key, stackName, exportFor)]),
        ),
        ...placeholderOf(stackName, emptied),
        ...Object.fromEntries(notes),
      },
      ...withOutputs({ ...this.ownOutputs(stackName, exportFor), ...this.addedOutputs(stackName, exportFor) }),
    };
  }

  /** What a resource depends on is said only within its stack. */
  private renderResource(key: string, stackName: string, exportFor: ExportFor): TemplateResource {
    const { DependsOn, ...rest } = this.definitions.get(key)! as TemplateResource & { DependsOn?: string | string[] };
    const from = locationOf(key).stackName;
    const dependencies = [DependsOn ?? []]
      .flat()
      .map((logicalId) => locationOf(this.home.get(keyOf({ stackName: from, logicalId })) ?? ''))
      .filter((now) => now.stackName === stackName)
      .map(({ logicalId }) => logicalId);
    const rendered = this.renderValue(rest, from, stackName, exportFor) as TemplateResource;
    if (dependencies.length === 0) return rendered;
    const dependsOn = typeof DependsOn === 'string' ? dependencies[0] : dependencies;
    return { ...rendered, DependsOn: dependsOn } as TemplateResource;
  }

  /** The stack's own outputs. One that tells of something that moved stays if somebody imports it, as an import itself. */
  private ownOutputs(stackName: string, exportFor: ExportFor): Record<string, object> {
    const outputs = Object.entries(this.original.get(stackName)?.template.Outputs ?? {});
    return Object.fromEntries(
      outputs.flatMap(([output, definition]): [string, object][] => {
        const name = definition.Export?.Name;
        const isUsed =
          typeof name === 'string' && (this.importers(name).length > 0 || this.isImported(name, stackName));
        let refersElsewhere = false;
        const rendered = this.renderValue(definition, stackName, stackName, (value) => {
          refersElsewhere = true;
          return isUsed ? exportFor(value) : '';
        }) as object;
        if (!refersElsewhere || isUsed) return [[output, rendered]];
        this.dropped.set(`${stackName}/${output}`, { stackName, output });
        return [];
      }),
    );
  }

  private renderValue(value: unknown, from: string, stackName: string, exportFor: ExportFor): unknown {
    const { template, parameters } = this.original.get(from)!;
    const pointTo = (shared: SharedValue): unknown => {
      const now = locationOf(this.home.get(shared.resource)!);
      return now.stackName === stackName
        ? toTemplate({ name: now.logicalId, attribute: shared.attribute })
        : importedValue(exportFor(shared), shared);
    };
    return replaceReferences(value, {
      reference: ({ name, attribute }, asList) => {
        const resource = keyOf({ stackName: from, logicalId: name });
        if (this.home.has(resource)) return pointTo({ resource, attribute, asList });
        const parameter = template.Parameters?.[name];
        const deployed = parameters[name];
        if (from === stackName || !parameter || !deployed) return undefined;
        const text = valueOfParameter(deployed);
        return isListParameter(parameter) ? text.split(',') : text;
      },
      import: (name) => {
        const source = this.given.find(({ exportName }) => exportName === name);
        return source && pointTo(source);
      },
    });
  }

  /** Name of the export by which a stack gets a value from another one. */
  private exportFor(stackName: string, value: SharedValue, { order, there, before }: Operation): string {
    const home = locationOf(this.home.get(value.resource)!);
    const known = there.filter((one) => isSameValue(one, value) && one.stackName !== stackName);
    const direct = known.find((one) => one.stackName === home.stackName);
    if (direct) return direct.exportName;
    const position = order.indexOf(home.stackName);
    if (position >= 0 && position < order.indexOf(stackName)) {
      const made = exportOf(home.stackName, home.logicalId, value);
      this.add(made);
      return made.exportName;
    }
    if (known[0]) return known[0].exportName;
    const holder = locationOf(before.get(value.resource)!).stackName;
    this.wanted.set(`${holder} ${JSON.stringify(value)}`, { ...value, stackName: holder });
    return '';
  }

  private add(made: ExportedValue): void {
    if (!this.added.some(({ exportName }) => exportName === made.exportName)) this.added.push(made);
  }

  /** Adds the exports of what a stack has now that later operations need. */
  private addWanted(stackName: string): void {
    for (const value of this.wanted.values()) {
      const now = locationOf(this.home.get(value.resource)!);
      if (value.stackName === stackName && now.stackName === stackName)
        this.add(exportOf(stackName, now.logicalId, value));
    }
  }

  /** Outputs of the exports that the migration added to a stack; what has moved on is told by its new stack. */
  private addedOutputs(stackName: string, exportFor: ExportFor = () => ''): Record<string, object> {
    const own = this.added.filter((one) => one.stackName === stackName);
    return Object.fromEntries(
      own.map((one) => {
        const now = locationOf(this.home.get(one.resource)!);
        const Value =
          now.stackName === stackName
            ? exportedValue(now.logicalId, one)
            : importedValue(exportFor(one), { ...one, asList: false });
        return [one.output, { Value, Export: { Name: one.exportName } }];
      }),
    );
  }

  private isImported(exportName: string, by: string): boolean {
    const written = `{"Fn::ImportValue":${JSON.stringify(exportName)}}`;
    return [...this.templates].some(([name, template]) => name !== by && JSON.stringify(template).includes(written));
  }

  /** The stacks that some step leaves without a resource. */
  private emptiedBy(steps: readonly MoveStep[]): Set<string> {
    const emptied = new Set<string>();
    const now = new Map(this.home);
    for (const { moves, sources } of steps) {
      for (const { from, to } of moves) now.set(from, to);
      const inhabited = new Set([...now.values()].map((place) => locationOf(place).stackName));
      for (const name of sources) if (!inhabited.has(name)) emptied.add(name);
    }
    return emptied;
  }
}

/** Gives the name of the export by which the stack that is written gets a value. */
type ExportFor = (value: SharedValue) => string;

interface Operation {
  /** The stacks that take part: one may import what an earlier one exports only from now on. */
  readonly order: readonly string[];
  /** The exports that are there before. */
  readonly there: readonly ExportedValue[];
  /** Where each resource is before. */
  readonly before: ReadonlyMap<string, string>;
}

const placeholderOf = (stackName: string, emptied: ReadonlySet<string>): Record<string, TemplateResource> =>
  emptied.has(stackName) ? { [PLACEHOLDER.logicalId]: PLACEHOLDER.resource } : {};

const withOutputs = (outputs: Record<string, object>): Pick<Template, 'Outputs'> =>
  Object.keys(outputs).length === 0 ? {} : { Outputs: outputs as Template['Outputs'] };
