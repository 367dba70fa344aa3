import { App, CfnResource, Lazy, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { LayerTags, type LayerTagsProps } from './index';

const minimal: LayerTagsProps = { application: 'shop', environment: 'staging', layer: 'data' };
const maximal: LayerTagsProps = { ...minimal, owner: 'Data team', costCenter: '4711' };

function stackWith(context: Record<string, unknown> = {}, tags?: Record<string, string>): Stack {
  const stack = new Stack(new App({ context }), 'Stack', { tags });
  new sqs.Queue(stack, 'Queue');
  new ssm.StringParameter(stack, 'Parameter', { stringValue: 'x' });
  new CfnResource(stack, 'Untaggable', { type: 'AWS::SQS::QueuePolicy' });
  return stack;
}

describe.each([
  ['without feature flags', {}],
  ['with all recommended feature flags', flags],
])('tags of a layer, %s', (_title, context) => {
  test('are at every resource that takes tags, in the form that its type has', () => {
    const stack = stackWith(context);
    LayerTags.apply(stack, maximal);
    const template = Template.fromStack(stack);
    const tags = {
      application: 'shop',
      'cost-center': '4711',
      environment: 'staging',
      layer: 'data',
      owner: 'Data team',
    };
    template.hasResourceProperties('AWS::SSM::Parameter', { Tags: tags });
    template.hasResourceProperties('AWS::SQS::Queue', {
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
    template.hasResource('AWS::SQS::QueuePolicy', { Properties: Match.absent() });
  });

  test('are no tags of the stack, so that they are not applied twice', () => {
    const app = new App({ context });
    const stack = new Stack(app, 'Stack', { tags: { stackwide: 'yes' } });
    LayerTags.apply(stack, maximal);
    expect(app.synth().getStackByName('Stack').tags).toEqual({ stackwide: 'yes' });
  });

  test('give way to a tag that is nearer to the resource', () => {
    const stack = stackWith(context);
    LayerTags.apply(stack, maximal);
    Tags.of(stack.node.findChild('Queue')).add('owner', 'Queue team');
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', {
      Tags: Match.arrayWith([{ Key: 'owner', Value: 'Queue team' }]),
    });
  });
});

describe('tags of a layer', () => {
  test('have neither owner nor cost center where none is given', () => {
    const stack = stackWith();
    LayerTags.apply(stack, minimal);
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', {
      Tags: { application: 'shop', environment: 'staging', layer: 'data' },
    });
  });

  test('are of the application v3-backend unless told otherwise', () => {
    const stack = stackWith();
    LayerTags.apply(stack, { environment: 'staging', layer: 'data' });
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', {
      Tags: Match.objectLike({ application: 'v3-backend' }),
    });
  });

  test('of a construct are at its resources only', () => {
    const stack = stackWith();
    LayerTags.apply(stack.node.findChild('Queue'), minimal);
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', { Tags: Match.absent() });
  });

  test('are the same in every synthesis', () => {
    const templates = [1, 2].map(() => {
      const stack = stackWith();
      LayerTags.apply(stack, maximal);
      return Template.fromStack(stack).toJSON();
    });
    expect(templates[0]).toEqual(templates[1]);
  });

  test('agree with equal tags of the stack, and are at the resources all the same', () => {
    const stack = stackWith({}, { application: 'shop', team: 'x' });
    LayerTags.apply(stack, minimal);
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', {
      Tags: Match.objectLike({ application: 'shop' }),
    });
  });

  test('that contradict tags of the stack are refused, all at once', () => {
    const stack = stackWith({}, { application: 'blog', Layer: 'data' });
    expect(() => LayerTags.apply(stack, minimal)).toThrow(
      'Invalid props of Stack:\n' +
        '  - tag application with the value "shop" contradicts the stack\'s own tag application with the value "blog"; ' +
        'give both the same key and value, or leave one out\n' +
        '  - tag layer with the value "data" contradicts the stack\'s own tag Layer with the value "data"; ' +
        'give both the same key and value, or leave one out',
    );
  });

  test('that some service would refuse are refused, all at once', () => {
    const invalid = { ...minimal, layer: '', owner: 'me <me@example.com>', costCenter: 'x'.repeat(257) };
    expect(() => LayerTags.apply(stackWith(), invalid)).toThrow(
      /tag layer must have 1 to 256 letters.*got ""[^]*tag owner must have .*got "me <me@[^]*tag cost-center must have .*got "xxx/,
    );
    for (const owner of [' me', 'me ', 'AWS:me']) {
      expect(() => LayerTags.apply(stackWith(), { ...minimal, owner })).toThrow(`got "${owner}"`);
    }
  });

  test('may be in any language, have one character or 256, or be known at deployment only', () => {
    const apply = (owner: string) => LayerTags.apply(stackWith(), { ...minimal, owner });
    for (const owner of ['Größe 2', 'x', 'x'.repeat(256), Lazy.string({ produce: () => '<>' })]) {
      expect(() => apply(owner)).not.toThrow();
    }
  });

  test('are at roles, too', () => {
    const stack = stackWith();
    new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    LayerTags.apply(stack, minimal);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      Tags: Match.arrayWith([{ Key: 'layer', Value: 'data' }]),
    });
  });
});
