import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import { readAssembly } from '../assembly/read-assembly';
import type { AppModel } from '../config/app-model';
import { recordKey } from '../engine/environment-records';
import { Refusal } from '../engine/refusal';
import { Repository } from '../git/repository';
import { assemblyDirectory } from '../plugin/targets';
import type { RecordStore } from '../records/record-store';
import { NO_BASE, parseBase } from './base-record';
import { type Base, chooseBase } from './choose-base';

/**
 * Finds what to compare with, to find all that is not deployed to an environment yet.
 *
 * @throws Refusal outside git, and when nobody says in which region the environment is.
 */
export async function findBase(
  workspaceRoot: string,
  app: AppModel,
  environment: string,
  records: RecordStore,
): Promise<Base> {
  const repository = new Repository(workspaceRoot);
  if (repository.checkedOut().commit === null) {
    throw new Refusal([`${workspaceRoot} has no git commit: there is nothing that could be compared.`]);
  }
  const region = await regionOf(workspaceRoot, environment);
  const text = await records.read(recordKey(app, environment, 'base', region));
  return chooseBase(parseBase(text ?? '') ?? NO_BASE, repository);
}

/** The region of the first stack, like that of a run; before the app was synthesized, the one that is set for AWS. */
async function regionOf(workspaceRoot: string, environment: string): Promise<string> {
  const directory = join(workspaceRoot, assemblyDirectory(environment));
  const synthesized = existsSync(directory) ? readAssembly(directory).stacks[0]?.region : undefined;
  if (synthesized !== undefined) return synthesized;
  try {
    return await new SSMClient({}).config.region();
  } catch {
    throw new Refusal([
      `The region of ${environment} is not known: the app is not synthesized, and no region is set for AWS. ` +
        'Set AWS_REGION to the region of its first stack.',
    ]);
  }
}
