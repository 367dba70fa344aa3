import { destructiveOf, differing } from '../report/diff';
import { diffMarkdown } from '../report/diff-markdown';
import { diffText } from '../report/diff-text';
import { TestRig } from '../testing/test-rig';

const bucket = (versioned: string, name = 'first') => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName: name, VersioningConfiguration: { Status: versioned } },
});
const stacks = {
  store: { resources: { Data: bucket('Enabled') }, phase: 'early' },
  cart: { publishes: { url: 'https://cart' } },
};
let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(stacks);
});
afterEach(() => rig.stop());

test('where nothing is deployed, every stack would be created, and its resources are counted', async () => {
  const diff = await rig.diff();
  expect(differing(diff).map(({ name, action }) => [name, action])).toEqual([
    ['cart', 'create'],
    ['store', 'create'],
  ]);
  expect(diffText(diff)).toMatch(/store: create, it is not deployed yet\n  \+ 2 create/);
  expect(diffText(diff)).toContain('2 stacks differ, 0 do not.');
});

test('nothing differs after a deploy', async () => {
  await rig.deploy();
  const diff = await rig.diff();
  expect(differing(diff)).toEqual([]);
  expect(diffMarkdown(diff)).toMatch(/^## test: nothing would change\n/);
});

test('a change is told property by property', async () => {
  await rig.deploy();
  rig.workspace.synthesize({ ...stacks, store: { ...stacks.store, resources: { Data: bucket('Suspended') } } });
  const text = diffText(await rig.diff());
  expect(text).toMatch(/^  ~ update Data \(AWS::S3::Bucket, Data\)$/m);
  expect(text).toMatch(/^ +VersioningConfiguration\.Status: "Enabled" → "Suspended"$/m);
  expect(text).not.toContain('DESTRUCTIVE');
});

test('what would lose data is marked, with the option that a deploy needs for it', async () => {
  await rig.deploy();
  rig.workspace.synthesize({ ...stacks, store: { ...stacks.store, resources: { Data: bucket('Enabled', 'second') } } });
  const diff = await rig.diff();
  expect(destructiveOf(diff)).toEqual([
    expect.objectContaining({ stack: 'store', logicalId: 'Data', change: 'replace' }),
  ]);
  expect(diffText(diff)).toMatch(/± replace Data .*DESTRUCTIVE: it would be replaced\n.*"first" → "second"/);
  expect(diffText(diff)).toContain('A deploy needs --allowDestructive=Data for them.');
  expect(diffMarkdown(diff)).toMatch(/### ⚠ Destructive\n\n- \*\*store\*\*: Data .*would be replaced/);
});

test('of one stack, it is about that stack alone', async () => {
  const diff = await rig.diff({}, { stacks: ['cart'] });
  expect(diff.stacks.map(({ name }) => name)).toEqual(['cart']);
});

test('Markdown fits into a comment, and says what did not', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [`Queue${index}`, { Type: 'AWS::SQS::Queue', Properties: {} }]),
  );
  rig.workspace.synthesize({ ...stacks, big: { resources: many } });
  const markdown = diffMarkdown(await rig.diff());
  expect(markdown.length).toBeLessThan(60_500);
  expect(markdown).toContain('The resources of big and later stacks do not fit into a comment.');
});

test('wrong options are named, all of them', async () => {
  await expect(rig.diff({ format: 'html', failOn: 'some', output: '', x: 1 })).rejects.toThrow(
    /--x is not an option[^]*--format=html must be one of text, markdown, json[^]*--output= [^]*--failOn=some must be one/,
  );
});
