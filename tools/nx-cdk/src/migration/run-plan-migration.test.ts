import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateResource } from '../assembly/template';
import { carryOut, placesOf, refactor } from '../testing/migration/carry-out';
import { resultsOf, TestRig } from '../testing/test-rig';
import { AwsError } from '../testing/wire';
import { LIMITS } from './limits';

const balancer: TemplateResource = {
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Scheme: 'internal', Subnets: ['subnet-1'] },
  Metadata: { 'aws:cdk:path': 'mono/LoadBalancer/Resource' },
};
const group: TemplateResource = {
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { Port: 3000, VpcId: 'vpc-1' },
};
const listener = (action: object, port: object): TemplateResource => ({
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: port, DefaultActions: [action] },
});
const service = (cluster: object, targets: object): TemplateResource => ({
  Type: 'AWS::ECS::Service',
  Properties: { Cluster: cluster, LoadBalancers: [{ TargetGroupArn: targets }] },
});
const record: TemplateResource = {
  Type: 'AWS::Route53::RecordSet',
  Properties: {
    Name: 'api.example.com',
    Type: 'A',
    HostedZoneId: 'Z1',
    AliasTarget: { DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } },
  },
};

/** A load balancer and a service, in one stack. */
const MONOLITH = {
  Parameters: { ImageTag: { Type: 'String', Default: 'v7' }, Port: { Type: 'Number', Default: '443' } },
  Resources: {
    Balancer: balancer,
    Group: group,
    Listener: listener({ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }, { Ref: 'Port' }),
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} },
    Service: { ...service({ Ref: 'Cluster' }, { Ref: 'Group' }), DependsOn: 'Listener' },
    Record: record,
  },
};

/** The same in two stacks, which share values by SSM. */
const APP = {
  alb: {
    uploaded: true,
    resources: {
      Balancer: balancer,
      ApiGroup: group,
      Listener: listener({ Type: 'forward', TargetGroupArn: { Ref: 'ApiGroup' } }, { Ref: 'Port' }),
      Record: record,
    },
    parameters: { Port: '443' },
    publishes: { group: '$ApiGroup' },
  },
  compute: {
    after: ['alb'],
    uploaded: true,
    reads: ['/app/alb/group'],
    parameters: { ImageTag: 'initial' },
    resources: {
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} },
      Service: service({ Ref: 'Cluster' }, { Ref: 'appalbgroup' }),
    },
  },
};

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(APP);
  rig.aws.cloudFormation.shipBehind('mono', MONOLITH);
});

afterEach(() => rig.stop());

const written = (name: string) => readFileSync(join(rig.workspace.root, 'dist/migration/test', name), 'utf8');
const refused = (options: object) =>
  rig.planMigration({ ...options }).then(
    () => '',
    (error: Error) => error.message,
  );

describe('a plan', () => {
  test('only reads', async () => {
    await rig.planMigration({ from: 'mono' });
    expect(rig.aws.changes).toEqual([]);
    expect(rig.aws.calls.filter(({ action }) => /^(Create|Execute|Update|Delete|Put)/.test(action))).toEqual([]);
  });

  test('pairs what is the same, says why, and lists what cannot be moved with what can be done', async () => {
    const { plan, report } = await rig.planMigration({ from: 'mono' });
    expect(plan.pairs.map(({ from, to, fate }) => [from, to, fate])).toEqual(
      expect.arrayContaining([
        ['mono/Balancer', 'alb/Balancer', 'moves'],
        ['mono/Group', 'alb/ApiGroup', 'moves'],
        ['mono/Listener', 'alb/Listener', 'moves'],
        ['mono/Cluster', 'compute/Cluster', 'moves'],
        ['mono/Service', 'compute/Service', 'moves'],
        ['mono/Record', 'alb/Record', 'cannot-move'],
      ]),
    );
    const text = readFileSync(join(rig.workspace.root, report), 'utf8');
    expect(text).toContain('AWS lists its type as not supported by stack refactoring');
    expect(text).toContain('The name does not resolve from the deletion of the record');
    expect(text).toContain('Parameter ImageTag is v7 in the old stack, and initial in the app');
    expect(text).toContain('npx nx run app:deploy --configuration=test --imageTag=v7 --dryRun');
    expect(JSON.parse(written('report.json'))).toMatchObject({ from: ['mono'], ambiguous: [] });
  });

  test('writes a request that CloudFormation carries out as it is, and no resource is made anew', async () => {
    const before = placesOf(rig.aws.cloudFormation);
    const { plan } = await rig.planMigration({ from: 'mono' });
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['refactor', 'release', 'deploy', 'delete']);
    refactor(rig.aws.cloudFormation, JSON.parse(written('1-refactor/create-stack-refactor.json')) as object);
    const moved = new Map(plan.pairs.filter(({ fate }) => fate === 'moves').map(({ from, to }) => [from, to]));
    expect(placesOf(rig.aws.cloudFormation)).toEqual(
      new Map([...before].map(([physical, place]) => [physical, moved.get(place) ?? place])),
    );
  });

  test('ends, after the steps, with the app deployed, and every moved resource is the one it was', async () => {
    const before = new Set(placesOf(rig.aws.cloudFormation).keys());
    const { plan } = await rig.planMigration({ from: 'mono' });
    carryOut(rig.aws.cloudFormation, plan.steps);
    const release = plan.steps.find((step) => step.kind === 'release')!;
    expect(release).toMatchObject({ resources: ['mono/Record'] });
    carryOut(rig.aws.cloudFormation, [{ kind: 'prepare', stackName: 'mono', template: release.template }]);
    const report = await rig.deploy({ imageTag: 'v7' });
    expect(resultsOf(report)).toEqual({ alb: 'updated', compute: 'updated' });
    const after = placesOf(rig.aws.cloudFormation);
    for (const { type, physicalId, fate, to } of plan.pairs.filter((pair) => pair.fate === 'moves')) {
      expect([fate, after.get(`${type} ${physicalId}`)]).toEqual(['moves', to]);
      expect(before.has(`${type} ${physicalId}`)).toBe(true);
    }
    expect(rig.aws.cloudFormation.stacks.get('compute')!.parameters['ImageTag']).toEqual({ value: 'v7' });
    expect(rig.aws.cloudFormation.stacks.get('compute')!.body).not.toContain('Fn::ImportValue');
  });

  test('replaces an earlier plan as a whole', async () => {
    await rig.planMigration({ from: 'mono' });
    const stray = join(rig.workspace.root, 'dist/migration/test/stray');
    writeFileSync(stray, '');
    await rig.planMigration({ from: 'mono' });
    expect(existsSync(stray)).toBe(false);
  });

  test('names templates that are too large to be sent by their place in S3, and how they get there', async () => {
    const large = { ...balancer, Metadata: { ...balancer.Metadata, notes: 'x'.repeat(LIMITS.bodyBytes) } };
    rig.aws.cloudFormation.shipBehind('mono', { ...MONOLITH, Resources: { ...MONOLITH.Resources, Balancer: large } });
    await rig.planMigration({ from: 'mono' });
    const request = JSON.parse(written('1-refactor/create-stack-refactor.json')) as {
      StackDefinitions: Record<string, string>[];
    };
    const alb = request.StackDefinitions.find(({ StackName }) => StackName === 'alb')!;
    expect(alb['TemplateURL']).toMatch(
      /^https:\/\/assets\.s3\.eu-west-1\.amazonaws\.com\/nx-cdk-migration\/test\/[0-9a-f]{64}\.json$/,
    );
    expect(alb['TemplateBody']).toBeUndefined();
    expect(written('report.md')).toMatch(
      /aws s3 cp --region eu-west-1 dist\/migration\/test\/1-refactor\/alb\.template\.json s3:\/\/assets\//,
    );
  });

  test('says of which types the registry told nothing', async () => {
    rig.aws.fault = ({ action }) => (action === 'DescribeType' ? new AwsError(403, 'AccessDenied', 'no') : undefined);
    const { plan } = await rig.planMigration({ from: 'mono' });
    expect(plan.unaskedTypes).toContain('AWS::ECS::Service');
  });

  test('leaves a resource of a type that the registry calls immutable', async () => {
    rig.aws.cloudFormation.provisioningType = (type) => (type === 'AWS::ECS::Cluster' ? 'IMMUTABLE' : 'FULLY_MUTABLE');
    const { plan } = await rig.planMigration({ from: 'mono' });
    expect(plan.pairs.filter(({ fate }) => fate === 'cannot-move').map(({ from }) => from)).toEqual(
      expect.arrayContaining(['mono/Cluster', 'mono/Record']),
    );
    carryOut(rig.aws.cloudFormation, plan.steps);
    expect(placesOf(rig.aws.cloudFormation).get('AWS::ECS::Cluster physical-Cluster')).toBe('mono/Cluster');
  });

  test('takes what the user says over what it sees', async () => {
    const { plan } = await rig.planMigration({ from: 'mono', map: 'Group=alb/ApiGroup' });
    expect(plan.pairs.find(({ from }) => from === 'mono/Group')!.because).toBe('the mapping says so');
    const file = join(rig.workspace.root, 'map.json');
    writeFileSync(file, '{"mono/Group": "alb/ApiGroup"}');
    expect((await rig.planMigration({ from: 'mono', map: file })).plan.pairs).toEqual(plan.pairs);
  });
});

describe('a plan is refused, with everything that is wrong, when', () => {
  test.each([
    ['no stack is named', {}, '--from=STACK is missing'],
    [
      'a stack does not exist',
      { from: 'mono,nope' },
      '--from=nope: there is no deployed stack of this name in eu-west-1.',
    ],
    ['the mapping names nothing', { from: 'mono', map: 'Nope=alb/ApiGroup' }, 'mono has no resource Nope.'],
    [
      'the mapping names nothing of the app',
      { from: 'mono', map: 'Group=alb/Nope' },
      'the app has no resource alb/Nope.',
    ],
    ['the mapping joins different types', { from: 'mono', map: 'Group=alb/Balancer' }, 'Group is of type'],
    ['the mapping is no mapping', { from: 'mono', map: 'Group' }, '--map=Group must be OLD=STACK/NEW'],
    ['an option is none', { from: 'mono', to: 'alb' }, '--to is not an option'],
  ])('%s', async (_case, options, text) => {
    expect(await refused(options)).toContain(text);
    expect(existsSync(join(rig.workspace.root, 'dist/migration'))).toBe(false);
  });

  test('an operation is running, or a stack is broken', async () => {
    rig.aws.cloudFormation.shipBehind('alb', { Resources: { Other: { Type: 'AWS::SNS::Topic' } } });
    rig.aws.cloudFormation.stacks.get('mono')!.status = 'UPDATE_IN_PROGRESS';
    rig.aws.cloudFormation.stacks.get('alb')!.status = 'UPDATE_ROLLBACK_FAILED';
    const text = await refused({ from: 'mono' });
    expect(text).toContain('An operation is running on mono (UPDATE_IN_PROGRESS)');
    expect(text).toContain('alb is in UPDATE_ROLLBACK_FAILED');
  });

  test('a stack has a stack policy', async () => {
    rig.aws.cloudFormation.stackPolicies.set('mono', '{"Statement":[]}');
    expect(await refused({ from: 'mono' })).toContain('mono has a stack policy');
  });

  test('nothing is in common', async () => {
    rig.aws.cloudFormation.shipBehind('mono', { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } });
    expect(await refused({ from: 'mono' })).toContain('mono and the app have nothing in common');
  });

  test('a template is made by a macro', async () => {
    rig.aws.cloudFormation.shipBehind('mono', { ...MONOLITH, Transform: 'AWS::Serverless-2016-10-31' });
    expect(await refused({ from: 'mono' })).toContain('The template of mono has a Transform');
  });
});
