// @ts-check
'use strict';

// Reads all that a deployment with nothing to do has to know, all at once, and does nothing with it: each stack, its template,
// and the parameters that the templates name. JavaScript, since it stands for the least that anything can take.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } = require('@aws-sdk/client-cloudformation');
const { GetParametersCommand, SSMClient } = require('@aws-sdk/client-ssm');

/** The synthesized stacks of the local environment, as seen from the workspace. */
const ASSEMBLY = 'dist/cdk/local';
/** How many names GetParameters takes. */
const NAMES_A_CALL = 10;

const templates = readdirSync(ASSEMBLY).filter((file) => file.endsWith('.template.json'));

/** @returns {string[]} the names in the templates' parameters that are read from SSM */
function parameterNames() {
  const parameters = templates.flatMap((file) =>
    Object.values(JSON.parse(readFileSync(join(ASSEMBLY, file), 'utf8')).Parameters ?? {}),
  );
  const read = parameters.filter(({ Type }) => Type.startsWith('AWS::SSM::Parameter::Value'));
  return [...new Set(read.map(({ Default }) => Default))];
}

async function readAll() {
  const cloudFormation = new CloudFormationClient();
  const ssm = new SSMClient();
  const stacks = templates.map((file) => file.replace('.template.json', ''));
  const names = parameterNames();
  const chunks = Array.from({ length: Math.ceil(names.length / NAMES_A_CALL) }, (_, index) =>
    names.slice(index * NAMES_A_CALL, (index + 1) * NAMES_A_CALL),
  );
  await Promise.all([
    ...stacks.map((StackName) => cloudFormation.send(new DescribeStacksCommand({ StackName }))),
    ...stacks.map((StackName) => cloudFormation.send(new GetTemplateCommand({ StackName }))),
    ...chunks.map((Names) => ssm.send(new GetParametersCommand({ Names }))),
  ]);
}

readAll().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
