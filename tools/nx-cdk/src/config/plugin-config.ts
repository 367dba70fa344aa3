import { z } from 'zod';

const nonEmpty = z.string().min(1);

const environmentSchema = z.strictObject({
  /** The environment's one name: context value `environment`, and the name to type to confirm a destroy. */
  environment: nonEmpty,
  /** Module that starts a local AWS endpoint; without it the run uses the AWS credentials of the process. */
  endpoint: nonEmpty.optional(),
  /** Whether destroying needs a second confirmation. */
  protected: z.boolean().default(false),
});

const phaseSchema = z.strictObject({
  name: nonEmpty,
  title: nonEmpty,
  /** Order within the phase, where the dependencies leave one open; unlisted stacks follow by name. */
  stacks: z.array(nonEmpty).default([]),
  /** Whether `--infraOnly` includes the phase. */
  infrastructure: z.boolean().default(true),
  /** How its stacks ship. A change set is validated by CloudFormation before it changes anything; direct is faster. */
  method: z.enum(['change-set', 'direct']).default('change-set'),
});

const configSchema = z
  .strictObject({
    /** CloudFormation name of a stack, with the placeholders `{environment}` and `{stack}`. */
    stackName: z.string().refine((name) => name.includes('{stack}'), 'must contain the placeholder {stack}'),
    /** Folder below the app's root that has one folder per stack. */
    stacks: nonEmpty.default('stacks'),
    /** By the name of the Nx configuration. */
    environments: z
      .record(z.string(), environmentSchema)
      .refine((environments) => Object.keys(environments).length > 0, 'must name at least one environment'),
    phases: z.array(phaseSchema).default([]),
    /** SSM path below which the engine keeps an environment's lock and the commit it was last deployed from. */
    state: z
      .string()
      .regex(
        /^(\/([A-Za-z0-9_.-]|\{app\}|\{environment\})+)+$/,
        'must be an SSM path: segments of letters, digits, "_", "." and "-", each after a "/"',
      )
      .regex(/^\/(?!aws|ssm)/i, 'must not begin with "/aws" or "/ssm", which SSM keeps for itself')
      .refine((path) => path.includes('{environment}'), 'must contain the placeholder {environment}')
      .default('/nx-cdk/{app}/{environment}'),
    /** Name of the IAM role by which a pipeline deploys, perhaps with the placeholder `{environment}`. */
    deployRole: z
      .string()
      .regex(/^([\w+=,.@-]|\{environment\})+$/, 'must be the name of a role without a path')
      .optional(),
    /** Put before the names of all targets but `synth`, so that `nx affected -t deploy` does not select them. */
    targetPrefix: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and "-", beginning with a letter, e.g. "admin-"')
      .optional(),
    /** Module that says what to verify beside what follows from the templates, relative to the app's root. */
    checks: nonEmpty.optional(),
    /** Compressed size of the image that ECS services run, in MiB, for the durations that dry runs tell. */
    imageMiB: z.number().positive().optional(),
    /** Nx inputs of `synth` beside those that are inferred. */
    inputs: z.array(nonEmpty).default([]),
  })
  .superRefine(({ environments, phases }, context) => {
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const seen = new Map<string, { key: string; value: string }>();
    for (const [key, entry] of Object.entries(environments)) {
      const value = JSON.stringify([entry.endpoint, entry.protected]);
      const first = seen.get(entry.environment);
      if (first && first.value !== value) {
        problem(
          ['environments', key],
          `means ${entry.environment} like ${first.key}, but differs in endpoint or protected`,
        );
      }
      seen.set(entry.environment, first ?? { key, value });
    }
    const phaseNames = new Set<string>();
    const phaseOf = new Map<string, string>();
    phases.forEach(({ name, stacks }, index) => {
      if (phaseNames.has(name)) problem(['phases', index, 'name'], `"${name}" is the name of an earlier phase`);
      phaseNames.add(name);
      for (const stack of stacks) {
        const other = phaseOf.get(stack);
        if (other !== undefined) problem(['phases', index, 'stacks'], `"${stack}" is already in phase "${other}"`);
        phaseOf.set(stack, name);
      }
    });
  });

/** The `nxCdk` section of an app's cdk.json, with defaults applied. */
export type PluginConfig = z.output<typeof configSchema>;

/** One entry of `environments`. */
export type EnvironmentEntry = PluginConfig['environments'][string];

/** One entry of `phases`. */
export type Phase = PluginConfig['phases'][number];

/**
 * Validates the `nxCdk` section of a cdk.json.
 *
 * @param file how to name the file in messages.
 * @throws with every problem and its path, when the section is missing or invalid.
 */
export function parsePluginConfig(section: unknown, file: string): PluginConfig {
  if (section === undefined) {
    throw new Error(`${file} has no section "nxCdk". Add one with at least stackName and environments.`);
  }
  const result = configSchema.safeParse(section);
  if (result.success) return result.data;
  const problems = problemsOf(result.error).map(({ path, message }) => `- nxCdk.${path.join('.')}: ${message}`);
  throw new Error(`${file} is invalid:\n${problems.join('\n')}`);
}

/** What is wrong in a section, and where in it. */
export interface ConfigProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Every problem of a section that is not in a file yet. */
export function pluginConfigProblems(section: unknown): ConfigProblem[] {
  const result = configSchema.safeParse(section);
  return result.success ? [] : problemsOf(result.error);
}

const problemsOf = ({ issues }: z.ZodError): ConfigProblem[] => issues.map(({ path, message }) => ({ path, message }));
