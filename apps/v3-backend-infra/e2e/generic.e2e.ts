import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Endpoint } from './endpoint';
import { PLAIN_APP } from './generic-app';
import { GenericWorkspace, packPlugin, type Tarball } from './generic-workspace';
import { WorkspaceCopy } from './workspace-copy';

const SOURCES = 'tools/nx-cdk/src';
const INSTALLED = 'node_modules/@v3-backend/nx-cdk';
const AUDIT = 'services/orders/lib/audit/stack.ts';

let copy: WorkspaceCopy;
let tarball: Tarball;
let workspace: GenericWorkspace;
let endpoint: Endpoint;

beforeAll(async () => {
  copy = await WorkspaceCopy.create();
  tarball = await packPlugin(copy);
  await copy.nx(['run', 'local-aws:start']);
  endpoint = new Endpoint(copy.port);
  workspace = new GenericWorkspace(tarball, copy, copy.port);
});
afterAll(async () => {
  await workspace?.dispose();
  await copy?.dispose();
});

const deploy = (...options: string[]) => workspace.nx(['run', 'orders:deploy', '--configuration=test', ...options]);

const deployAffected = () => workspace.nx(['affected', '-t', 'deploy', '--configuration=test', '--base=HEAD~1']);

describe('the packed plug-in', () => {
  /** The text of a file as it was installed. */
  const installed = (file: string) => readFileSync(join(workspace.root, INSTALLED, file), 'utf8');

  test('has every source compiled, with its types', () => {
    const sources = readdirSync(join(copy.root, SOURCES), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing/'),
    );
    const compiled = sources.flatMap((file) => ['.js', '.d.ts'].map((type) => `src/${file.replace(/\.ts$/, type)}`));
    expect(sources.length).toBeGreaterThan(50);
    expect(tarball.files).toEqual(expect.arrayContaining(compiled));
  });

  test('has what its manifests name', () => {
    const entries = ['executors', 'generators'].flatMap((kind) =>
      Object.values<Record<string, unknown>>(JSON.parse(installed(`${kind}.json`))[kind]),
    );
    const paths = entries
      .flatMap((entry) => Object.values(entry).map(String))
      .filter((value) => value.startsWith('./'));
    const files = paths.map((path) => path.slice(2).replace(/#.*$/, ''));
    expect(files).toContain('src/executors/deploy/executor');
    expect(tarball.files).toEqual(
      expect.arrayContaining(files.map((file) => (file.endsWith('.json') ? file : `${file}.js`))),
    );
  });

  test('has nothing else but schemas, templates, the README and the licence', () => {
    const belongs =
      /^((LICENSE|README\.md|(package|executors|generators)\.json)|src\/(?!testing\/).*(?<!\.test)(\.js|\.d\.ts|\/schema\.json|\.template))$/;
    expect(tarball.files.filter((file) => !belongs.test(file))).toEqual([]);
    for (const file of tarball.files.filter((name) => name.endsWith('.js'))) {
      expect([file, installed(file)]).toEqual([file, expect.not.stringContaining('sourceMappingURL')]);
    }
  });

  test('says nothing of the backend it was made for', () => {
    for (const file of tarball.files.filter((name) => name.startsWith('src/'))) {
      expect([file, installed(file)]).toEqual([file, expect.not.stringMatching(/v3-backend(?!\/nx-cdk)/)]);
    }
  });
});

describe('a workspace of another shape, with the plug-in installed from its package', () => {
  test('has it unpacked, not linked', () => {
    const folder = join(workspace.root, INSTALLED);
    expect([lstatSync(folder).isSymbolicLink(), realpathSync(folder)]).toEqual([false, folder]);
  });

  test('deploys both stacks, the one that is referred to first', async () => {
    const { status, output } = await deploy();
    expect([status, output]).toEqual([0, expect.stringMatching(/events: created[^]*intake: created/)]);
    expect(workspace.results()).toEqual({ events: 'created', intake: 'created' });
    const template = join(workspace.root, 'dist/cdk/test/test-orders-intake.template.json');
    expect(readFileSync(template, 'utf8')).toContain('Fn::GetStackOutput');
  });

  test('deploys nothing when nothing differs', async () => {
    const before = await endpoint.stackStates();
    const { status, output } = await deploy();
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(workspace.results()).toEqual({ events: 'unchanged', intake: 'unchanged' });
    expect(await endpoint.stackStates()).toEqual(before);
  });

  test('is not touched by a generator that is given wrong options', async () => {
    const wrong = ['g', '@v3-backend/nx-cdk:stack', 'Audit', '--app=orders', '--phase=1', '--dependsOn=events,mail'];
    const { status, output } = await workspace.nx([...wrong, '--no-interactive']);
    expect(status).not.toBe(0);
    for (const text of ['"Audit" is no kebab-case name', 'no phase "1"', 'no stack "mail"']) {
      expect(output).toContain(text);
    }
    expect(workspace.execute('git', 'status', '--porcelain')).toBe('');
  });

  test('gets a formatted stack from the generator, and is told what remains', async () => {
    const generate = ['g', '@v3-backend/nx-cdk:stack', 'audit', '--app=orders', '--dependsOn=events,intake'];
    const { status, output } = await workspace.nx(generate);
    expect([status, output]).toEqual([0, expect.stringContaining('{environment}-orders-audit')]);
    expect(readFileSync(join(workspace.root, AUDIT), 'utf8')).toContain('type StackProps } from "aws-cdk-lib"\n');
    expect(workspace.execute('npx', 'prettier', '--check', 'services/orders/lib/audit')).toContain('All matched files');
  });

  test('says in a dry run that the generated stack would ship, and ships nothing', async () => {
    workspace.edit(
      AUDIT,
      '    super(scope, id, props)\n',
      "    super(scope, id, props)\n    new Topic(this, 'Alerts')\n",
    );
    workspace.edit(AUDIT, 'import type', 'import { Topic } from "aws-cdk-lib/aws-sns"\nimport type');
    const main = 'services/orders/bin/orders.ts';
    workspace.edit(main, '\nconst app', "import { AuditStack } from '../lib/audit/stack'\n\nconst app");
    workspace.edit(main, 'new IntakeStack(', 'const intake = new IntakeStack(');
    workspace.write(
      main,
      `${readFileSync(join(workspace.root, main), 'utf8')}
const audit = new AuditStack(app, \`\${environment}-orders-audit\`, { env })
audit.addDependency(intake)
`,
    );
    workspace.commit('an audit of orders');

    const { status, output } = await deploy('--dryRun');
    expect([status, output]).toEqual([0, expect.stringMatching(/audit +create/)]);
    expect(Object.keys(await endpoint.stackStates())).toHaveLength(2);
  });

  test('ships the generated stack alone with nx affected', async () => {
    const { status, output } = await deployAffected();
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(workspace.results()).toEqual({ events: 'excluded', intake: 'excluded', audit: 'created' });
  });

  test('ships a changed stack alone with nx affected, which selects what needs it, too', async () => {
    workspace.edit('services/orders/lib/intake/stack.ts', 'seconds(30)', 'seconds(60)');
    workspace.commit('twice the time for an order');
    const { status, output } = await deployAffected();
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect(workspace.results()).toEqual({
      events: 'excluded',
      intake: 'updated',
      audit: 'unchanged',
    });
  });

  test('destroys everything, dependents first', async () => {
    const { status, output } = await workspace.nx(['run', 'orders:destroy', '--configuration=test', '--confirm=test']);
    expect([status, output]).toEqual([0, expect.any(String)]);
    expect([...output.matchAll(/✔ (\S+): destroyed/g)].map(([, stack]) => stack)).toEqual([
      'audit',
      'intake',
      'events',
    ]);
    expect(await endpoint.stacks()).toEqual([]);
  });
});

describe('an app of that workspace that knows nothing of the plug-in', () => {
  const init = () =>
    workspace.nx([
      ...['g', '@v3-backend/nx-cdk:init', '--app=services/mail', '--stackName={environment}-mail-{stack}'],
      ...['--environments=dev', '--no-interactive'],
    ]);

  test('is set up by the generator, which says what it left', async () => {
    for (const [file, content] of Object.entries(PLAIN_APP)) workspace.write(file, content);
    workspace.commit('an app without Nx');
    const { status, output } = await init();
    expect([status, output]).toEqual([0, expect.stringContaining('inbox imports services/mail/lib/title.ts')]);
    const projects = workspace.execute('npx', 'nx', 'show', 'projects').trim().split('\n');
    expect(projects).toEqual(expect.arrayContaining(['mail', 'inbox-stack', 'sender-stack']));
  });

  test('ships its stacks then, as a dry run says', async () => {
    const { status, output } = await workspace.nx(['run', 'mail:deploy', '--configuration=dev', '--dryRun']);
    expect([status, output]).toEqual([0, expect.stringMatching(/inbox +create[^]*sender +create/)]);
  });

  test('is not set up again', async () => {
    workspace.commit('an app with Nx');
    const { status, output } = await init();
    expect([status, output]).toEqual([0, expect.stringContaining('nothing was changed')]);
    expect(workspace.execute('git', 'status', '--porcelain')).toBe('');
  });
});
