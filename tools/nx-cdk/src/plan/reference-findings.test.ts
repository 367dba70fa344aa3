import { readAssembly } from '../assembly/read-assembly';
import { buildStackGraph } from '../stack-graph/stack-graph';
import { type StackSketch, TestWorkspace } from '../testing/assembly-builder';
import { referenceFindings } from './reference-findings';

let workspace: TestWorkspace;

beforeEach(() => {
  workspace = new TestWorkspace();
});
afterEach(() => workspace.remove());

function find(sketches: Readonly<Record<string, StackSketch>>) {
  workspace.synthesize(sketches);
  return referenceFindings(buildStackGraph(readAssembly(workspace.assembly), workspace.app, 'test'));
}

test('what is published, exported and put out may be needed', () => {
  expect(
    find({
      network: { publishes: { vpcId: 'vpc-1' }, exports: { zone: 'z' }, outputs: { Cidr: '10' } },
      cart: { reads: ['/app/network/vpcId'], imports: ['network:zone'], readsOutputs: ['network.Cidr'] },
    }),
  ).toEqual({ problems: [], notices: [] });
});

test('a name of the app’s own that nobody publishes is a problem, with who should', () => {
  const { problems } = find({
    network: { publishes: { vpcId: 'vpc-1' } },
    cart: { reads: ['/app/network/vpcID'], imports: ['network:zone'], readsOutputs: ['network.Cidr'] },
  });
  expect(problems).toEqual([
    expect.stringMatching(/cart needs the SSM parameter \/app\/network\/vpcID.*the network stack should publish it/),
    expect.stringContaining('cart needs the export network:zone'),
    expect.stringContaining('cart reads the output network.Cidr'),
  ]);
});

test('what belongs to somebody else has to be there before, which only AWS tells', () => {
  const { problems, notices } = find({ cart: { reads: ['/aws/service/ami'], imports: ['other:zone'] } });
  expect(problems).toEqual([]);
  expect(notices).toEqual([
    expect.stringContaining('cart needs the SSM parameter /aws/service/ami, which is not the app’s'),
    expect.stringContaining('cart needs the export other:zone'),
  ]);
});

test('what is published more than once is a problem', () => {
  const resources = { Same: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/app/a/key', Value: '1' } } };
  expect(find({ a: { publishes: { key: '1' } }, b: { resources } }).problems).toEqual([
    'The SSM parameter /app/a/key is published more than once: by a, b.',
  ]);
});
