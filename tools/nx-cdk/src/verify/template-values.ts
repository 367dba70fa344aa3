/** What is known of a deployed stack. */
export interface Known {
  readonly stackName: string;
  readonly stackId: string;
  readonly account: string;
  readonly region: string;
  /** Values of its parameters, those of SSM-typed ones resolved. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Physical ids of its resources, by logical id. */
  readonly physicalIds: ReadonlyMap<string, string>;
  /** Types of its resources, by logical id. */
  readonly types: ReadonlyMap<string, string>;
}

/** Attributes that follow from a resource's physical id. */
const ATTRIBUTES: Readonly<Record<string, (id: string, known: Known) => string | undefined>> = {
  'AWS::EC2::SecurityGroup.GroupId': (id) => id,
  'AWS::ECS::Cluster.Arn': (id, { region, account }) => `arn:aws:ecs:${region}:${account}:cluster/${id}`,
  'AWS::ECS::Service.Name': (id) => id.split('/').at(-1),
  'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerFullName': (id) => id.split(':loadbalancer/')[1],
  'AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupFullName': (id) => id.split(':').at(-1),
  'AWS::KMS::Key.Arn': (id, { region, account }) => `arn:aws:kms:${region}:${account}:key/${id}`,
  'AWS::Lambda::Function.Arn': (id, { region, account }) => `arn:aws:lambda:${region}:${account}:function:${id}`,
  'AWS::S3::Bucket.Arn': (id) => `arn:aws:s3:::${id}`,
  'AWS::SQS::Queue.Arn': (id, { region, account }) => `arn:aws:sqs:${region}:${account}:${id.split('/').at(-1)}`,
  'AWS::SQS::Queue.QueueName': (id) => id.split('/').at(-1),
};

/**
 * What a part of a deployed template is, as text.
 *
 * @returns undefined where it depends on something that is not known, such as an attribute that only the resource's own
 * service tells, or another stack's export.
 */
export function valueOf(node: unknown, known: Known): string | undefined {
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean') return String(node);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(node);
  if (others.length > 0) return undefined;
  switch (name) {
    case 'Ref':
      return reference(String(argument), known);
    case 'Fn::GetAtt':
      return attribute(argument, known);
    case 'Fn::Join':
      return join(argument, known);
    case 'Fn::Select':
      return select(argument, known);
    case 'Fn::Sub':
      return typeof argument === 'string' ? substitute(argument, known) : undefined;
    default:
      return undefined;
  }
}

function reference(name: string, known: Known): string | undefined {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': known.account,
    'AWS::Region': known.region,
    'AWS::StackName': known.stackName,
    'AWS::StackId': known.stackId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return pseudo[name] ?? known.parameters.get(name) ?? known.physicalIds.get(name);
}

function attribute(argument: unknown, known: Known): string | undefined {
  const [id = '', ...path] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  const physicalId = known.physicalIds.get(id);
  if (physicalId === undefined) return undefined;
  return ATTRIBUTES[`${known.types.get(id)}.${path.join('.')}`]?.(physicalId, known);
}

/** The items of a list, which may be written or come from `Fn::Split`; undefined where one of them is not known. */
function listOf(node: unknown, known: Known): string[] | undefined {
  if (Array.isArray(node)) {
    const values = node.map((item) => valueOf(item, known));
    return values.every((value) => value !== undefined) ? values : undefined;
  }
  const split = (node as { 'Fn::Split'?: [string, unknown] } | null)?.['Fn::Split'];
  if (split === undefined) return undefined;
  const text = valueOf(split[1], known);
  return text?.split(split[0]);
}

function join(argument: unknown, known: Known): string | undefined {
  const [separator, items] = argument as [string, unknown];
  return listOf(items, known)?.join(separator);
}

function select(argument: unknown, known: Known): string | undefined {
  const [index, items] = argument as [number | string, unknown];
  // Only the selected item has to be known.
  if (Array.isArray(items)) return valueOf(items[Number(index)], known);
  return listOf(items, known)?.[Number(index)];
}

function substitute(text: string, known: Known): string | undefined {
  let complete = true;
  const result = text.replaceAll(/\$\{([^!][^}]*)\}/g, (_whole, name: string) => {
    const value = name.includes('.') ? attribute(name, known) : reference(name, known);
    complete &&= value !== undefined;
    return value ?? '';
  });
  return complete ? result.replaceAll('${!', '${') : undefined;
}
