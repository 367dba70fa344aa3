import type { Aws } from './aws';
import type { DeployedApp, DeployedResource } from './deployed-app';

/** What a check is about, in the order of a report. */
export const TOPICS = {
  health: 'Service health',
  resources: 'Resources',
  connectivity: 'Connectivity',
} as const;

export type Topic = keyof typeof TOPICS;

/**
 * What of AWS a check relies on, beside the resources themselves. A local endpoint says which of it is not real there, and a
 * check that relies on it is then not made.
 */
export const ASPECTS = [
  'containers',
  'targetHealth',
  'databases',
  'permissions',
  'encryption',
  /** Where a request comes from. */
  'sourceAddress',
] as const;

export type Aspect = (typeof ASPECTS)[number];

/** What was found of one resource, or by one request. */
export interface Finding {
  /** Name of the stack; undefined for what is about the whole environment. */
  readonly stack?: string;
  /** Whom it is about: a resource by its construct, or a request by its name. */
  readonly subject: string;
  readonly ok: boolean;
  /** What was seen. Never a secret. */
  readonly evidence: string;
}

/** A statement about a deployed environment that can be true or false. */
export interface Check {
  /** The statement, e.g. `load balancers are active`. */
  readonly name: string;
  readonly topic: Topic;
  /** What it relies on that a local endpoint may not have. */
  readonly reliesOn?: Aspect;
  /** Whom it is about; where there is none, there is nothing to check. */
  readonly subjects: (app: DeployedApp) => readonly DeployedResource[];
  /** Looks at all of them. An error of one of the calls to AWS fails the check. */
  readonly run: (subjects: readonly DeployedResource[], app: DeployedApp, aws: Aws) => Promise<readonly Finding[]>;
}

/** The statement is not true; what was seen. */
export class Untrue extends Error {
  public constructor(evidence: string) {
    super(evidence);
    this.name = 'Untrue';
  }
}

/** A check of resources of one type, one by one. */
export function checkEach(
  check: Pick<Check, 'name' | 'topic' | 'reliesOn'> & {
    /** CloudFormation type. */
    readonly type: string;
    /**
     * Looks at one resource.
     *
     * @returns the evidence that the statement is true of it.
     * @throws Untrue with the evidence that it is not.
     */
    readonly look: (resource: DeployedResource, aws: Aws, app: DeployedApp) => Promise<string>;
  },
): Check {
  const { type, look, ...rest } = check;
  return {
    ...rest,
    subjects: (app) => app.resources(type),
    run: (subjects, app, aws) => findEach(subjects, (resource) => look(resource, aws, app)),
  };
}

/** A finding for each resource, one after the other: many calls at once would only be throttled. */
export async function findEach(
  resources: readonly DeployedResource[],
  look: (resource: DeployedResource) => Promise<string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const resource of resources) {
    const { name: subject, stack } = resource;
    try {
      findings.push({ stack: stack.name, subject, ok: true, evidence: await look(resource) });
    } catch (error) {
      if (!(error instanceof Untrue)) throw error;
      findings.push({ stack: stack.name, subject, ok: false, evidence: error.message });
    }
  }
  return findings;
}

/** Undefined where AWS answers that there is no such thing, by one of these names of errors. */
export async function unlessMissing<Answer>(
  asked: Promise<Answer>,
  ...names: readonly string[]
): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}
