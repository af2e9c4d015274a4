#include "catena/report/page_style.h"

namespace catena {
namespace {

// One page for three readers: a screen, a phone of 390 px, and A4 paper. No fonts or files from
// elsewhere.
constexpr std::string_view kPageStyle = R"css(
:root {
  --ink: #1f2933; --muted: #5f6c7b; --rule: #dde3e9; --wash: #f5f7f9; --paper: #ffffff;
  --hip: #0072b2; --low-back: #b84f00; --lean: #007f5c; --pelvis: #a3538a;
  --alarm: #a32a1c;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
main { max-width: 1000px; margin: 0 auto; padding: 40px 28px 64px; }
.brand { margin: 0 0 6px; color: var(--muted); font-size: 13px; letter-spacing: .14em;
  text-transform: uppercase; }
h1 { margin: 0 0 8px; font-size: 34px; line-height: 1.18; font-weight: 650;
  letter-spacing: -.015em; }
h2 { margin: 52px 0 6px; font-size: 22px; line-height: 1.25; font-weight: 650;
  letter-spacing: -.01em; }
h2 .n { color: var(--muted); font-weight: 400; margin-right: .5em; }
h3 { margin: 0 0 8px; font-size: 16px; font-weight: 650; }
details { margin: 10px 0; }
summary { font-weight: 650; cursor: pointer; }
p { margin: 0 0 12px; max-width: 74ch; }
.meta, .note, figcaption { color: var(--muted); font-size: 14px; }
.meta { margin-bottom: 22px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 24px 36px; margin-top: 18px; }
.pair > * { min-width: 0; }
.found { background: var(--wash); border-radius: 10px; padding: 20px 22px 10px; }
.found p:first-of-type { font-size: 17px; line-height: 1.5; }
.flags { border-left: 3px solid var(--ink); padding: 2px 0 2px 16px; margin: 0 0 22px;
  font-size: 14px; max-width: none; }
.flags p { max-width: 100ch; margin: 0 0 6px; }
.warnings { border-left-color: var(--low-back); }
.warnings ul { margin: 0; max-width: none; }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; max-width: 460px; margin: 0 auto; }
figcaption { max-width: 460px; margin: 8px auto 0; }
.verdict { display: flex; align-items: center; gap: 12px; margin: 4px 0 10px; font-weight: 650;
  line-height: 1.35; max-width: none; }
.verdict svg { width: 40px; height: 28px; flex: none; margin: 0; }
.found .verdict { margin-top: 10px; padding-top: 12px; border-top: 1px solid var(--rule); }
.after { margin-top: 26px; }
.reference svg { margin: 0 0 8px; }
.beneath { margin-top: 14px; max-width: none; }
.wide svg, .wide figcaption { max-width: 760px; }
.figures figcaption { text-align: center; }
.sum { font-size: 15px; margin: 4px auto 0; max-width: 460px; text-align: center; color: var(--ink);
  font-variant-numeric: tabular-nums; }
.hip { color: var(--hip); } .low-back { color: var(--low-back); }
.lean { color: var(--lean); } .pelvis { color: var(--pelvis); }
.sum b { font-weight: 650; }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 14px 0 0; padding: 0; list-style: none;
  font-size: 14px; }
.key li { display: flex; align-items: center; gap: 7px; }
.key svg { width: 14px; height: 14px; flex: none; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.4;
  font-variant-numeric: tabular-nums; margin: 10px 0 22px; }
caption { text-align: left; font-weight: 650; padding-bottom: 6px; }
th, td { text-align: left; vertical-align: top; padding: 6px 14px 6px 0;
  border-bottom: 1px solid var(--rule); }
.scroll { overflow-x: auto; }
td { white-space: nowrap; } td.wrap { white-space: normal; }
thead th { color: var(--muted); font-weight: 500; border-bottom: 1px solid #b9c3cd; }
tbody th { font-weight: 600; min-width: 9.5em; }
td .small { display: block; color: var(--muted); font-size: 12.5px; }
ul { margin: 6px 0 16px; padding-left: 1.15em; max-width: 80ch; }
li { margin: 3px 0; }
.key li { margin: 0; }
.hash { font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  overflow-wrap: anywhere; }
footer { margin-top: 48px; padding-top: 14px; border-top: 1px solid var(--rule);
  color: var(--muted); font-size: 13px; }
.sheet h2 { margin: 22px 0 6px; font-size: 18px; }
.sheet h1 { margin-bottom: 10px; }
.sheet .meta { margin-bottom: 2px; }
.sheet .meta.last { margin-bottom: 18px; }
.answer { background: var(--wash); border-radius: 10px; padding: 18px 22px 10px; margin: 0 0 18px; }
.answer h2 { margin: 0 0 12px; font-size: 24px; line-height: 1.3; }
.lead { font-size: 19px; line-height: 1.4; max-width: 62ch; }
.strong { font-weight: 650; }
.probability { max-width: none; }
.probability p { margin: 0 0 6px; }
.probability svg { display: block; width: 100%; max-width: 460px; height: auto; margin: 0 0 4px; }
.safety { border: 3px solid var(--alarm); border-radius: 10px; padding: 16px 22px 8px;
  margin: 0 0 18px; font-size: 17px; }
.safety h2 { margin: 0 0 8px; font-size: 26px; color: var(--alarm); }
.safety li { margin: 8px 0; }
.uneven { grid-template-columns: 5fr 6fr; }
.own-figure h2, .uneven section h2:first-child { margin-top: 0; }
.disclaimer { margin: 22px 0 0; padding-top: 12px; border-top: 1px solid var(--rule);
  font-size: 14px; max-width: none; }
.page-title { margin-top: 72px; padding-top: 28px; border-top: 2px solid var(--ink);
  font-size: 28px; }
.page-title ~ .meta { margin-bottom: 2px; }
.page-title ~ .warnings { margin-top: 14px; }
.first-look { margin-top: 22px; }
.evidence { table-layout: fixed; }
.evidence thead th:nth-child(1) { width: 36%; } .evidence thead th:nth-child(2) { width: 8%; }
.evidence thead th:nth-child(3) { width: 15%; } .evidence thead th:nth-child(4) { width: 11%; }
.evidence thead th:nth-child(6) { width: 12%; }
.evidence tbody th { font-weight: 400; }
.evidence td { white-space: normal; overflow-wrap: anywhere; }
.repetition td { white-space: normal; }
.capacities h3 { margin-bottom: 2px; }
.capacities figcaption p { margin: 0 0 4px; }
@media (max-width: 700px) {
  main { padding: 24px 16px 48px; }
  h1 { font-size: 26px; } h2 { font-size: 20px; margin-top: 40px; }
  .pair { grid-template-columns: 1fr; gap: 26px; }
  .found { padding: 16px 16px 6px; }
  .answer, .safety { padding: 14px 16px 8px; }
  .answer h2 { font-size: 20px; }
  .safety h2 { font-size: 22px; }
  .lead { font-size: 17px; }
  table.stack thead { display: none; }
  table.stack, table.stack tbody, table.stack tr, table.stack th, table.stack td,
  table.stack caption { display: block; width: 100%; }
  .evidence tbody th { width: 100%; }
  table.stack tr { padding: 8px 0; border-bottom: 1px solid var(--rule); }
  table.stack th, table.stack td { border: 0; padding: 1px 0; min-width: 0; white-space: normal; }
  table.stack td { display: flex; justify-content: space-between; gap: 16px; text-align: right; }
  table.stack td::before { content: attr(data-label); color: var(--muted); text-align: left;
    flex: none; max-width: 45%; }
}
@page { size: A4; margin: 12mm 14mm 12mm; }
@media print {
  body { font-size: 9.2pt; line-height: 1.38; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; margin-bottom: 4pt; } h2 { font-size: 14pt; margin: 13pt 0 3pt; }
  h3 { font-size: 10.5pt; margin-bottom: 4pt; }
  p { margin-bottom: 6pt; max-width: none; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .found, .flags, .block, .scroll, footer { break-inside: avoid; }
  table, .meta, .note, figcaption, .key, .flags { font-size: 8.5pt; }
  .meta, .flags { margin-bottom: 10pt; }
  .pair { grid-template-columns: 1fr 1fr; gap: 12pt 18pt; margin-top: 6pt; }
  .found { border: 1px solid var(--rule); padding: 9pt 12pt 6pt; }
  .sheet { break-after: page; }
  .sheet { font-size: 10.2pt; line-height: 1.34; }
  .sheet h2 { font-size: 12.5pt; margin: 8pt 0 3pt; }
  .sheet .meta, .sheet .flags, .sheet .note, .sheet figcaption { font-size: 8.7pt; line-height: 1.3; }
  .sheet p { margin-bottom: 4pt; } .sheet ul { margin-bottom: 4pt; }
  .own-figure h2, .uneven section h2:first-child { margin-top: 0; }
  .intro { break-after: avoid; }
  .sheet ul { font-size: 10.5pt; } .sheet li { margin: 3pt 0; }
  .sheet .meta.last { margin-bottom: 8pt; }
  .answer, .safety { padding: 9pt 12pt 5pt; margin: 0 0 9pt; }
  .answer { border: 1px solid var(--rule); }
  .answer h2 { font-size: 15.5pt; margin-bottom: 6pt; }
  .safety h2 { font-size: 17pt; }
  .lead { font-size: 12pt; line-height: 1.35; max-width: none; }
  .safety { font-size: 10.5pt; }
  .own-figure svg { max-width: 215px; }
  .probability svg { max-width: 420px; }
  .disclaimer { margin-top: 12pt; padding-top: 7pt; font-size: 9.5pt; }
  .page-title { margin-top: 0; padding-top: 0; border: 0; font-size: 17pt; }
  .sum { font-size: 10pt; }
  .found p:first-of-type { font-size: 10pt; line-height: 1.4; }
  .figures figure svg { max-width: 236px; }
  .wide svg { max-width: 560px; }
  .budgets figure svg { max-width: 290px; }
  .budgets figcaption { display: none; }
  .curves figure svg { max-width: 290px; }
  .curves figcaption, .curves .note { font-size: 7.8pt; line-height: 1.3; margin-top: 3pt; }
  .reference svg { max-width: 300px; }
  .verdict { margin: 2pt 0 4pt; gap: 7pt; font-size: 9.2pt; }
  .verdict svg, .curves .verdict svg { width: 28px; height: 20px; }
  .beneath { margin-top: 6pt; }
  th, td { padding: 3.5pt 8pt 3.5pt 0; }
  table { margin: 6pt 0 10pt; }
  .scroll { overflow: visible; }
  .warnings ul { font-size: 8.4pt; }
  ul { font-size: 8.8pt; margin: 3pt 0 8pt; max-width: none; } li { margin: 1.5pt 0; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

}  // namespace

std::string_view page_style() { return kPageStyle; }

}  // namespace catena
