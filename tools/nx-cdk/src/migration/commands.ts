import { createHash } from 'node:crypto';
import { nxCommand, type AppModel } from '../config/app-model';
import type { Template } from '../assembly/template';
import { bodyOf, mustBeUploaded } from './limits';
import type { MigrationPlan, MigrationStep } from './plan';

/** A file of the plan: its path below the plan's folder, and what is in it. */
export interface PlanFile {
  readonly path: string;
  readonly content: string;
}

/** A step with what a person runs for it. */
export interface StepScript {
  readonly step: MigrationStep;
  /** For a heading. */
  readonly title: string;
  readonly files: readonly PlanFile[];
  /** For a POSIX shell, in the workspace's root. */
  readonly commands: readonly string[];
}

/** Where things are that the commands name. */
export interface ScriptContext {
  readonly app: AppModel;
  /** Folder of the plan, relative to the workspace. */
  readonly folder: string;
  /** For templates that are too large to be sent. */
  readonly bucket?: string;
}

/** The name of the CloudFormation parameter that the engine's option `--imageTag` gives. */
const IMAGE_TAG = 'ImageTag';

/** What to run for each step. Nothing of it is run here. */
export function scriptsFor(plan: MigrationPlan, context: ScriptContext): StepScript[] {
  const digits = String(plan.steps.length).length;
  return plan.steps.map((step, index) => {
    const number = String(index + 1).padStart(digits, '0');
    return scriptFor(step, number, plan, context);
  });
}

function scriptFor(step: MigrationStep, number: string, plan: MigrationPlan, context: ScriptContext): StepScript {
  const cloudFormation = `aws cloudformation --region ${plan.region}`;
  switch (step.kind) {
    case 'prepare':
      return update(step, `Prepare ${step.stackName}`, `${number}-prepare`);
    case 'release':
      return update(step, `Release from ${step.stackName} what the app makes anew`, `${number}-release`);
    case 'refactor': {
      const folder = `${number}-refactor`;
      const templates = step.stacks.map((stack) => ({ ...stack, path: `${folder}/${stack.stackName}.template.json` }));
      const request = {
        Description: `${plan.environment}: ${step.moves.length} resources from ${sourcesOf(step).join(', ')}`.slice(
          0,
          1024,
        ),
        EnableStackCreation: step.stacks.some(({ isNew }) => isNew),
        ResourceMappings: step.moves.map(({ from, to }) => ({ Source: resource(from), Destination: resource(to) })),
        StackDefinitions: templates.map(({ stackName, template }) => ({
          StackName: stackName,
          ...(mustBeUploaded(template)
            ? { TemplateURL: urlOf(template, plan, context) }
            : { TemplateBody: bodyOf(template) }),
        })),
      };
      const input = `${folder}/create-stack-refactor.json`;
      return {
        step,
        title: `Move ${step.moves.length} resources`,
        files: [
          { path: input, content: pretty(request) },
          ...templates.map(({ path, template }) => templateFile(path, template)),
        ],
        commands: [
          ...templates
            .filter(({ template }) => mustBeUploaded(template))
            .map(({ path, template }) => upload(path, template, plan, context)),
          `id=$(${cloudFormation} create-stack-refactor --cli-input-json file://${context.folder}/${input} --query StackRefactorId --output text)`,
          `${cloudFormation} wait stack-refactor-create-complete --stack-refactor-id "$id" || ${cloudFormation} describe-stack-refactor --stack-refactor-id "$id"`,
          `${cloudFormation} list-stack-refactor-actions --stack-refactor-id "$id"`,
          '# Read the actions. Each must be a MOVE, or the CREATE of a stack. Only then:',
          `${cloudFormation} execute-stack-refactor --stack-refactor-id "$id"`,
          `${cloudFormation} wait stack-refactor-execute-complete --stack-refactor-id "$id" || ${cloudFormation} describe-stack-refactor --stack-refactor-id "$id"`,
        ],
      };
    }
    case 'deploy': {
      const tag = plan.parameters.find(({ name }) => name === IMAGE_TAG);
      const command = `${nxCommand(context.app, plan.environment, 'deploy')}${tag ? ` --imageTag=${tag.value}` : ''}`;
      return { step, title: 'Deploy the app', files: [], commands: [`${command} --dryRun`, command] };
    }
    case 'delete':
      return {
        step,
        title: `Delete ${step.stackName}`,
        files: [],
        commands: [
          `${cloudFormation} delete-stack --stack-name ${step.stackName}`,
          `${cloudFormation} wait stack-delete-complete --stack-name ${step.stackName}`,
          '# Exports that it imported can go now:',
          nxCommand(context.app, plan.environment, 'deploy'),
        ],
      };
  }

  function update(
    one: Extract<MigrationStep, { kind: 'prepare' | 'release' }>,
    title: string,
    name: string,
  ): StepScript {
    const path = `${name}/${one.stackName}.template.json`;
    const parameters = Object.keys(one.template.Parameters ?? {}).map(
      (key) => `ParameterKey=${key},UsePreviousValue=true`,
    );
    const isLarge = mustBeUploaded(one.template);
    return {
      step: one,
      title,
      files: [templateFile(path, one.template)],
      commands: [
        ...(isLarge ? [upload(path, one.template, plan, context)] : []),
        [
          `${cloudFormation} update-stack --stack-name ${one.stackName}`,
          isLarge
            ? `--template-url ${urlOf(one.template, plan, context)}`
            : `--template-body file://${context.folder}/${path}`,
          '--capabilities CAPABILITY_NAMED_IAM',
          ...(parameters.length === 0 ? [] : [`--parameters ${parameters.join(' ')}`]),
        ].join(' '),
        `${cloudFormation} wait stack-update-complete --stack-name ${one.stackName}`,
      ],
    };
  }
}

const sourcesOf = ({ moves }: Extract<MigrationStep, { kind: 'refactor' }>) => [
  ...new Set(moves.map(({ from }) => resource(from).StackName)),
];

function resource(key: string) {
  const [StackName = '', LogicalResourceId = ''] = key.split('/');
  return { StackName, LogicalResourceId };
}

/** As it is sent: its size counts. */
const templateFile = (path: string, template: Template): PlanFile => ({ path, content: bodyOf(template) });

const pretty = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

const objectOf = (template: Template, { environment }: MigrationPlan) =>
  `nx-cdk-migration/${environment}/${createHash('sha256').update(bodyOf(template)).digest('hex')}.json`;

function upload(path: string, template: Template, plan: MigrationPlan, { folder, bucket }: ScriptContext): string {
  return `aws s3 cp --region ${plan.region} ${folder}/${path} s3://${bucket}/${objectOf(template, plan)}`;
}

const urlOf = (template: Template, plan: MigrationPlan, { bucket }: ScriptContext) =>
  `https://${bucket}.s3.${plan.region}.amazonaws.com/${objectOf(template, plan)}`;
