import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SYNTHESIZED_VARIANTS, synthesize } from './assembly';

const STACKS = join(__dirname, '../stacks');

/** The edges of the requirements: what each stack is deployed after. */
const EDGES: Record<string, string[]> = {
  networking: [],
  security: ['networking'],
  s3: [],
  sqs: [],
  secrets: [],
  'hosted-zone': [],
  database: ['networking', 'security'],
  certificate: ['hosted-zone'],
  waf: [],
  alb: ['certificate', 'hosted-zone', 'networking', 's3', 'security', 'waf'],
  'app-shared': ['database', 's3', 'secrets', 'sqs'],
  compute: ['alb', 'app-shared', 'networking', 'security', 'sqs'],
  monitoring: ['alb', 'compute', 'database', 'sqs'],
  'log-forwarder': ['app-shared', 'secrets'],
};

/** The stacks that are one in the monolithic layout. */
const IN_ONE = ['alb', 'app-shared', 'compute'];

/** The edges of the requirements where three stacks are one: it comes after what they come after, and before the rest. */
function monolithicEdges(): Record<string, string[]> {
  const merged = (name: string) => (IN_ONE.includes(name) ? 'compute-monolith' : name);
  const edges: Record<string, Set<string>> = {};
  for (const [name, needed] of Object.entries(EDGES)) {
    const all = [...(edges[merged(name)] ?? []), ...needed.map(merged)];
    edges[merged(name)] = new Set(all.filter((other) => other !== merged(name)));
  }
  return Object.fromEntries(Object.entries(edges).map(([name, needed]) => [name, [...needed].sort()]));
}

/** The edges that Nx knows: the stack projects named in `implicitDependencies`. */
function declaredEdges(): Record<string, string[]> {
  return Object.fromEntries(
    readdirSync(STACKS).map((name) => {
      const project = JSON.parse(readFileSync(join(STACKS, name, 'project.json'), 'utf8'));
      const needed: string[] = (project.implicitDependencies ?? []).map((dependency: string) =>
        dependency.replace(/-stack$/, ''),
      );
      return [name, needed.sort()];
    }),
  );
}

test('the edges declared in the stacks’ project.json are those of the requirements', () => {
  const monolith = 'compute-monolith';
  expect(declaredEdges()).toEqual({ ...EDGES, [monolith]: monolithicEdges()[monolith] });
});

test.each(SYNTHESIZED_VARIANTS.filter(({ flags }) => flags))(
  'the synthesized edges are the declared ones, both ways: $environment, ssl $ssl, $references references, $layout',
  (variant) => {
    const present = (name: string) => variant.ssl || !['hosted-zone', 'certificate'].includes(name);
    const edges = variant.layout === 'monolithic' ? monolithicEdges() : EDGES;
    const expected = Object.entries(edges).filter(([name]) => present(name));
    expect(Object.fromEntries(synthesize(variant).map(({ name, dependsOn }) => [name, dependsOn]))).toEqual(
      Object.fromEntries(expected.map(([name, needed]) => [name, needed.filter(present)])),
    );
  },
);
