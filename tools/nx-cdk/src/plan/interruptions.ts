import { constructPath, type TemplateResource } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import { isStateful } from './destructive-changes';
import { keptResources } from './remains';
import type { Takeover } from './takeovers';

/** What is not there between the deletion of stacks and the creation of those that take their place. */
type Phrase = (count: number, names: readonly string[]) => string;

/** By type, in the order in which it is told. */
const MISSED: Readonly<Record<string, Phrase>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': () =>
    'nothing answers at the load balancer; the new one has another DNS name and other addresses',
  'AWS::Route53::RecordSet': (_count, names) =>
    `${names.join(', ')} cannot be resolved, and resolvers may remember that for a while`,
  'AWS::ECS::Service': (count) => `${plural(count, 'ECS service')} and their tasks do not run`,
  'AWS::SSM::Parameter': (count) => `${plural(count, 'SSM parameter')} do not exist`,
};

/** What is lost for good, or begins anew. */
const BEGUN_ANEW: Readonly<Record<string, Phrase>> = {
  'AWS::Logs::LogGroup': (count) => `${plural(count, 'log group')} with everything that was logged`,
  'AWS::SecretsManager::Secret': (count) => `${plural(count, 'secret')} with their values`,
};

/** What happens to people and programs when the stacks go and others take their place; sentences, each a line. */
export function interruptions(going: readonly Takeover[]): string[] {
  const all = going.flatMap(({ deployed }) => resourcesOf(deployed));
  const gone = all.filter(({ kept }) => !kept);
  const told = (phrases: Readonly<Record<string, Phrase>>) =>
    Object.entries(phrases).flatMap(([type, phrase]) => {
      const some = gone.filter((one) => one.resource.Type === type);
      const names = [...new Set(some.map(({ resource }) => String(resource.Properties?.['Name']).replace(/\.$/, '')))];
      return some.length === 0 ? [] : [phrase(some.length, names)];
    });
  const stateful = gone.filter(({ resource: { Type } }) => isStateful(Type) && !(Type in MISSED));
  const lost = [...told(BEGUN_ANEW), ...stateful.map(({ label }) => label)];
  const kept = all.filter((one) => one.kept).map(({ label }) => label);
  return [
    ...told(MISSED).map((sentence) => `Until then ${sentence}.`),
    ...(lost.length === 0 ? [] : [`Deleted for good: ${lost.join(', ')}.`]),
    ...(kept.length === 0 ? [] : [`Kept, but no longer part of any stack: ${kept.join(', ')}.`]),
    'Everything in the new stacks is created anew: what has an id or an ARN gets another one, unless that has a fixed name.',
  ];
}

interface Resource {
  readonly resource: TemplateResource;
  readonly kept: boolean;
  readonly label: string;
}

function resourcesOf(deployed: DeployedStack): Resource[] {
  const template = deployed.template ?? {};
  const keeps = keptResources(deployed);
  return Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => ({
    resource,
    kept: keeps.get(logicalId) === 'resource',
    label: `${constructPath(template, logicalId) ?? logicalId} (${resource.Type})`,
  }));
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
