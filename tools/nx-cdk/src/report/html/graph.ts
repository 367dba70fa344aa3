import { type Edge, graphlib, layout, type NodeConfig } from '@dagrejs/dagre';
import type { StackReport } from '../report';
import { html, type Markup } from './markup';

const NODE = { width: 160, height: 46 };
const MARGIN = 6;

/** More than these nobody can follow in one picture, and laying them out takes longer than planning them. */
const MOST_STACKS = 200;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The stacks as a graph, each to the right of what it depends on. An edge that follows from others is left out; of very
 * many stacks there is only a sentence.
 *
 * @param names what to call a stack, by stack name.
 */
export function stackGraph(stacks: readonly StackReport[], names: ReadonlyMap<string, string>): Markup {
  if (stacks.length > MOST_STACKS) {
    return html`<p>
      ${stacks.length} stacks are too many for one picture; <code>nx graph</code> shows parts of them.
    </p>`;
  }
  const graph = new graphlib.Graph()
    .setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 40, marginx: MARGIN, marginy: MARGIN })
    .setDefaultEdgeLabel(() => ({}));
  for (const { stackName } of stacks) graph.setNode(stackName, { ...NODE });
  for (const [from, to] of shortEdges(stacks)) graph.setEdge(from, to);
  layout(graph);

  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const edges: Point[][] = graph.edges().map((edge: Edge) => (graph.edge(edge) as { points: Point[] }).points);
  return html`<svg
    class="graph"
    role="img"
    aria-labelledby="graph-title graph-description"
    viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"
    width="${Math.ceil(width)}"
  >
    <title id="graph-title">The stacks and what they depend on</title>
    <desc id="graph-description">${describe(stacks, names)}</desc>
    <defs>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path class="arrow" d="M0 0 8 4 0 8z" />
      </marker>
    </defs>
    ${edges.map((points) => html`<path class="edge" marker-end="url(#arrow)" d="${curve(points)}" />`)}
    ${stacks.map((stack) => node(stack, names.get(stack.stackName) ?? '', graph.node(stack.stackName) as NodeConfig))}
  </svg>`;
}

function node({ stackName, phase, result }: StackReport, name: string, { x = 0, y = 0 }: NodeConfig): Markup {
  const { width, height } = NODE;
  return html`<g
    class="node ${result}"
    data-stack="${stackName}"
    data-result="${result}"
    transform="translate(${x - width / 2} ${y - height / 2})"
  >
    <title>${stackName}: ${result}</title>
    <rect class="box" width="${width}" height="${height}" rx="6" />
    <rect class="stripe" width="6" height="${height}" rx="3" />
    <text class="name" x="16" y="19">${shortened(name, 19)}</text>
    <text class="result" x="16" y="36">${result}</text>
    <text class="phase" x="${width - 10}" y="36">${phase === null ? '' : `phase ${phase}`}</text>
  </g>`;
}

/** The direct edges without those that also lead over other stacks. */
function shortEdges(stacks: readonly StackReport[]): [string, string][] {
  const direct = new Map(stacks.map(({ stackName, dependsOn }) => [stackName, dependsOn]));
  const known = new Map<string, ReadonlySet<string>>();
  const reached = (from: string): ReadonlySet<string> => {
    const before = known.get(from);
    if (before) return before;
    const next = direct.get(from) ?? [];
    const all = new Set(next.flatMap((stack) => [stack, ...reached(stack)]));
    known.set(from, all);
    return all;
  };
  return stacks.flatMap(({ stackName, dependsOn }) =>
    dependsOn
      .filter((needed) => direct.has(needed))
      .filter((needed) => !dependsOn.some((other) => other !== needed && reached(other).has(needed)))
      .map((needed): [string, string] => [needed, stackName]),
  );
}

/** A smooth line through the middles between the points. */
function curve(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const [first, ...rest] = points;
  const last = rest.pop();
  if (!first || !last) return '';
  const bends = rest.map((point, index) => {
    const next = rest[index + 1] ?? last;
    const end = next === last ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(end)}`;
  });
  return `M${at(first)}${bends.length === 0 ? `L${at(last)}` : bends.join('')}`;
}

function describe(stacks: readonly StackReport[], names: ReadonlyMap<string, string>): string {
  const nameOf = (stackName: string) => names.get(stackName) ?? stackName;
  return stacks
    .map(({ stackName, result, dependsOn }) => {
      const after = dependsOn.length === 0 ? '' : `, after ${dependsOn.map(nameOf).join(', ')}`;
      return `${nameOf(stackName)}: ${result}${after}.`;
    })
    .join(' ');
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
