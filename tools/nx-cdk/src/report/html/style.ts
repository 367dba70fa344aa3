import { Markup } from './markup';

/** The page's looks, light and dark. Results are told in words, too; colours have a contrast of at least 4.5 to 1. */
export const STYLE = new Markup(`
:root { color-scheme: light dark; --fg: #1f2328; --muted: #59636e; --bg: #fff; --box: #f6f8fa; --line: #d1d9e0;
  --edge: #818b98; --good: #116329; --bad: #b31d28; --held: #8a4600; --gone: #6639ba; --same: #59636e; }
@media (prefers-color-scheme: dark) {
  :root { --fg: #f0f6fc; --muted: #9198a1; --bg: #0d1117; --box: #151b23; --line: #3d444d;
    --edge: #656c76; --good: #3fb950; --bad: #ff7b72; --held: #e3b341; --gone: #d2a8ff; --same: #9198a1; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 24px 20px 48px; background: var(--bg); color: var(--fg);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 36px 0 10px; }
h3 { font-size: 15px; margin: 0; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.counts { font-size: 17px; margin: 0 0 14px; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
.facts dt { color: var(--muted); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } .scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--edge); }
svg { display: block; font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; }
svg.graph, svg.timeline { max-width: 100%; min-width: 760px; height: auto; } svg text { fill: var(--fg); }
.edge { fill: none; stroke: var(--edge); stroke-width: 1.3; } .arrow { fill: var(--edge); }
.box { fill: var(--box); stroke: var(--tone); stroke-width: 1.2; } .stripe { fill: var(--tone); }
.name { font-weight: 600; } svg text.result { fill: var(--tone); } svg text.phase { fill: var(--muted); text-anchor: end; }
.excluded .box, .absent .box, .skipped .box { stroke-dasharray: 4 3; }
.bar rect { fill: var(--tone); } .label { text-anchor: end; }
svg text.time, svg text.tick { fill: var(--muted); font-size: 12px; } .tick { text-anchor: middle; }
.grid { stroke: var(--line); stroke-width: 1; }
.created, .updated, .succeeded { --tone: var(--good); } .failed { --tone: var(--bad); } .blocked { --tone: var(--held); }
.destroyed { --tone: var(--gone); } .unchanged, .excluded, .absent, .skipped { --tone: var(--same); }
.word { color: var(--tone); font-weight: 600; }
.card { border: 1px solid var(--line); border-left: 4px solid var(--tone, var(--edge)); border-radius: 6px;
  background: var(--box); padding: 10px 14px; margin: 0 0 10px; }
.card p { margin: 2px 0 0; } .cause { font-weight: 600; } .muted { color: var(--muted); }
.notice { white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; margin-top: 8px; }
th, td { text-align: left; vertical-align: top; padding: 3px 14px 3px 0; border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { color: var(--muted); font-weight: 400; } .change { white-space: nowrap; }
summary { cursor: pointer; padding: 4px 0; }
`);
