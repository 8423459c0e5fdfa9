/** How pages look: one type scale, the fonts of the system, light and dark, on paper too. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfbf9; --panel: #f2f3ef; --line: #d5d9d4; --grid: #e4e7e3;
  --ink: #1a1f24; --soft: #545d66;
  --good: #13693c; --bad: #b3231a; --warn: #875400; --calm: #2a59a5;
  --good-wash: #e3f1e8; --bad-wash: #fae6e3; --warn-wash: #f7edd9; --calm-wash: #e6edf8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --panel: #1c2125; --line: #3a4148; --grid: #272d32;
    --ink: #e9ecee; --soft: #a5afb8;
    --good: #62d197; --bad: #ff9184; --warn: #efbb61; --calm: #8fb7ff;
    --good-wash: #17301f; --bad-wash: #3a1c19; --warn-wash: #33270f; --calm-wash: #1a2740;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem); }
header { padding-top: clamp(1.5rem, 5vw, 3.5rem); }
footer { padding-bottom: 3rem; margin-top: 4rem; color: var(--soft); font-size: .875rem; }
footer p { border-top: 1px solid var(--line); padding-top: 1rem; margin: 0; max-width: none; }
h1 { font-size: clamp(1.5rem, 1.15rem + 1.7vw, 2.25rem); line-height: 1.2; font-weight: 650; letter-spacing: -.015em; margin: 0; text-wrap: balance; }
h2 { font-size: 1.3125rem; line-height: 1.3; font-weight: 620; letter-spacing: -.01em; margin: 3.5rem 0 .5rem; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 620; margin: 2rem 0 .25rem; }
p { margin: .5rem 0; max-width: 44rem; }
a { color: var(--calm); text-underline-offset: .15em; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; white-space: pre-wrap; }
:focus-visible { outline: 3px solid var(--calm); outline-offset: 3px; border-radius: .25rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.eyebrow { font-size: .875rem; color: var(--soft); margin: 0 0 1rem; }
.verdict { display: grid; grid-template-columns: auto 1fr; gap: 0 1rem; align-items: start; }
.sign { width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; font-size: 1.25rem; font-weight: 700; line-height: 1; margin: .1rem 0 0; flex: none; }
.sign.good { background: var(--good-wash); color: var(--good); }
.sign.bad { background: var(--bad-wash); color: var(--bad); }
.sign.warn { background: var(--warn-wash); color: var(--warn); }
.lede { margin: .75rem 0 0; color: var(--soft); max-width: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); border: 1px solid var(--line); border-radius: .625rem; overflow: hidden; margin: 2rem 0 0; padding: 0; }
.tiles > div { box-shadow: 1px 0 0 var(--line), 0 1px 0 var(--line), 1px 1px 0 var(--line); padding: .875rem 1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.tiles dt { font-size: .875rem; color: var(--soft); line-height: 1.3; }
.tiles dd { margin: 0; font-size: 1.625rem; line-height: 1.25; font-weight: 620; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
.tiles .good dd, b.good, .good-text { color: var(--good); }
.tiles .bad dd, b.bad, .bad-text { color: var(--bad); }
.tiles .warn dd, b.warn, .warn-text { color: var(--warn); }
.facts { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .375rem 1.5rem; margin: 1rem 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.notes { margin: .75rem 0; padding-left: 1.25rem; max-width: 44rem; }
.notes li { margin: .25rem 0; }
.callout { border-left: 3px solid var(--warn); background: var(--warn-wash); padding: .5rem 1rem; margin: 1rem 0; max-width: 44rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .375rem .875rem .375rem 0; border-bottom: 1px solid var(--grid); }
th { font-weight: 600; color: var(--soft); }
thead th { border-bottom-color: var(--line); }
tbody th { color: var(--ink); }
td p { margin: 0 0 .25rem; }
.num { text-align: right; }
td.num { white-space: nowrap; }
.scroll { overflow-x: auto; margin: .5rem 0; }
.scroll td, .scroll th { overflow-wrap: normal; min-width: 3.5rem; }
.scroll .wide { min-width: 11rem; overflow-wrap: anywhere; }
details { margin: .75rem 0; }
summary { cursor: pointer; color: var(--calm); font-size: .875rem; width: fit-content; }
svg { display: block; width: 100%; overflow: visible; }
svg text { font: .75rem/1 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--soft); }
.defs { position: absolute; width: 0; height: 0; }
.figure { margin: 1.25rem 0 0; border: 1px solid var(--line); border-radius: .625rem; padding: 1rem clamp(.875rem, 2.5vw, 1.5rem) .75rem; }
.rows { list-style: none; margin: 0; padding: 0; }
.lane { border-top: 1px solid var(--grid); padding: .625rem 0 .5rem; break-inside: avoid; }
.lane p { margin: 0 0 .25rem; max-width: none; }
.track { display: grid; grid-template-columns: clamp(6.75rem, 22%, 12rem) 1fr; gap: 0 .875rem; }
.track > svg { padding: 0; }
.plot { padding: 0 .75rem; min-width: 0; }
.labels { list-style: none; margin: 0; padding: 0; font-size: .8125rem; }
.labels li { height: 1.75rem; line-height: 1.75rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; overflow-wrap: normal; }
.axis { position: sticky; top: 0; background: var(--paper); padding: .25rem 0; }
.legend { display: flex; flex-wrap: wrap; gap: .375rem 1.25rem; list-style: none; padding: 0; margin: 1rem 0 0; font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .5rem; }
.legend svg { width: 1.25rem; height: 1.25rem; flex: none; }
.grid { stroke: var(--grid); stroke-width: 1; }
.rail { stroke: var(--line); stroke-width: 1; }
.arc { fill: none; stroke: var(--soft); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.arc.ours { stroke-dasharray: 4 3; }
.cross { fill: none; stroke: var(--warn); stroke-width: 2; stroke-dasharray: 6 3; vector-effect: non-scaling-stroke; }
.outage { fill: var(--warn-wash); }
.mark { stroke-width: 2; fill: none; }
.mark.solid { stroke: none; }
.fill-good { fill: var(--good); } .fill-bad { fill: var(--bad); } .fill-warn { fill: var(--warn); } .fill-soft { fill: var(--soft); } .fill-calm { fill: var(--calm); }
.stroke-good { stroke: var(--good); } .stroke-bad { stroke: var(--bad); } .stroke-warn { stroke: var(--warn); } .stroke-soft { stroke: var(--soft); }
.fill-calm-wash { fill: var(--calm-wash); } .fill-warn-wash { fill: var(--warn-wash); } .fill-bad-wash { fill: var(--bad-wash); }
.chart { padding: 0 1rem 0 4.25rem; }
.expected { stroke: var(--ink); stroke-width: 2; }
.part.rare { fill: url('#p-rare'); }
.part.plain { fill: var(--calm); } .part.vain { fill: url('#p-vain'); } .part.late { fill: url('#p-late'); }
.limit { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 8 4; }
svg .limit-text { fill: var(--bad); font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round; }
.limit-halo { stroke: var(--paper); stroke-width: 5; }
.moment { stroke: var(--ink); stroke-width: 1; }
svg .moment-text { fill: var(--ink); }
.on-fill { stroke: var(--paper); stroke-width: 2; fill: none; }
.paper { fill: var(--paper); }
.failure { border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: .625rem; padding: 1.25rem clamp(1rem, 3vw, 1.75rem) 1rem; margin: 1.25rem 0; }
.failure.should { border-left-color: var(--warn); }
.failure h3 { margin: 0; font-size: 1.125rem; }
.failure h4 { font-size: .875rem; font-weight: 600; color: var(--soft); margin: 0 0 .5rem; }
.tag { display: inline-block; font-size: .8125rem; font-weight: 600; padding: .0625rem .5rem; border-radius: 1rem; background: var(--panel); color: var(--soft); white-space: nowrap; }
.tag.bad { background: var(--bad-wash); color: var(--bad); }
.tag.warn { background: var(--warn-wash); color: var(--warn); }
.tag.good { background: var(--good-wash); color: var(--good); }
.beside { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem 2.5rem; margin: 1.25rem 0 .75rem; }
.lifelines { display: flex; justify-content: space-between; font-size: .8125rem; font-weight: 600; margin-bottom: .375rem; }
.sequence { list-style: none; margin: 0; padding: .25rem 0 .5rem; border-left: 2px solid var(--line); border-right: 2px solid var(--line); font-size: .875rem; }
.sequence li { margin: .5rem 0; break-inside: avoid; }
.sequence .said { margin: 0 .75rem; max-width: none; }
.sequence .back { text-align: right; }
.sequence svg { height: .75rem; }
.sequence .together { border-top: 1px dashed var(--line); border-bottom: 1px dashed var(--line); background: var(--panel); }
.arrow { stroke: var(--soft); stroke-width: 1.5; fill: none; }
.arrow.bad { stroke: var(--bad); } .arrow.good { stroke: var(--good); } .arrow.warn { stroke: var(--warn); }
.arrow.lost { stroke-dasharray: 4 3; }
.diff td, .diff th { min-width: 4rem; }
.diff .is { color: var(--bad); font-weight: 600; }
.passed { columns: 16rem; column-gap: 2rem; font-size: .875rem; padding: 0; margin: 1rem 0; list-style: none; }
.passed > li { break-inside: avoid; margin-bottom: 1rem; }
.passed ul { list-style: none; margin: .125rem 0 0; padding: 0; color: var(--soft); }
.fine-tick { display: none; }
@media (min-width: 40rem) { .fine-tick { display: inline; } }
@media (min-width: 56rem) { .beside { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
@media (max-width: 39.99rem) {
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: .625rem; }
  .figure { padding: .75rem .75rem .5rem; }
  .labels { font-size: .75rem; }
  .track { gap: 0 .5rem; }
  .lane b { font-size: .875rem; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; background: none; }
  .axis { position: static; background: none; }
  h2, h3 { break-after: avoid; }
  .failure, .figure { border-color: #999; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
}
`;
