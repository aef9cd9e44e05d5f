// The HTML report: one file without any outside reference, with funnels and the ATT&CK techniques that tests cover.
import { counted } from '../../diagnostic/counted.js';
import type { TestResult, TestRun, TestStatus } from '../result.js';
import { whyLines } from './funnel.js';
import { duration, escapeMarkup, visible } from './text.js';

const text = (value: string): string => escapeMarkup(visible(value));
const order: readonly TestStatus[] = ['failed', 'error', 'passed', 'skipped'];
const names: Readonly<Record<TestStatus, string>> = {
  failed: 'failed',
  error: 'errors',
  passed: 'passed',
  skipped: 'skipped',
};

/** A technique and the tests of detections that name it. */
export interface TechniqueFacts {
  /** Tactics in the order of the matrix, by technique id. */
  readonly tactics: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Prints a run as one self-contained HTML page. It holds no script but the few lines that filter the list, loads
 * nothing, and names its own content security policy, so that text of logs and content cannot act.
 */
export function htmlReport(run: TestRun, facts?: TechniqueFacts): string {
  const { summary } = run;
  const ok = summary.failed + summary.errors === 0;
  const tests = [...run.tests].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'">
<title>${ok ? 'Passed' : 'Failed'}: detection tests</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Detection tests</h1>
<p class="verdict ${ok ? 'passed' : 'failed'}">${ok ? 'All tests that ran passed' : `${counted(summary.failed + summary.errors, 'test')} did not pass`}</p>
<p>${counted(run.tests.length, 'test')} in ${duration(summary.durationMs)}</p>
<div class="filters" role="group" aria-label="Show tests by result">
${order.map((status) => `<button type="button" class="${status}" data-status="${status}" aria-pressed="${status === 'passed' || status === 'skipped' ? 'false' : 'true'}">${count(summary, status)} ${names[status]}</button>`).join('\n')}
</div>
</header>
<main>
<section aria-label="Tests">
${tests.map(testSection).join('\n')}
</section>
${facts ? coverage(run.tests, facts) : ''}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function count(summary: TestRun['summary'], status: TestStatus): number {
  return status === 'error' ? summary.errors : summary[status];
}

function testSection(test: TestResult): string {
  const bad = test.status === 'failed' || test.status === 'error';
  const hidden = bad ? '' : ' hidden';
  return `<details class="test ${test.status}" data-status="${test.status}"${bad ? ' open' : ''}${hidden}>
<summary><span class="mark">${test.status}</span> <b>${text(test.detection)}</b> <span class="name">${text(test.test)}</span> <span class="count-of">${counted(test.rows, 'row')}, expected ${text(test.expected)}</span></summary>
${test.reason === undefined ? '' : `<p class="reason">${text(test.reason)}</p>`}
<p class="file">${text(test.file)}</p>
${funnel(test)}
${list('why', whyLines(test.explanation))}
${list('warnings', test.warnings ?? [])}
${rows(test)}
</details>`;
}

function list(name: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : `<ul class="${name}">${lines.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`;
}

/** The funnel as a table with bars, so that it reads without colours and aloud. */
function funnel(test: TestResult): string {
  if (test.stages.length === 0) return '';
  const most = Math.max(1, ...test.stages.map((stage) => Math.max(stage.rowsIn, stage.rowsOut)));
  const line = test.stages.map((stage) => {
    const share =
      stage.rowsOut === 0 ? 0 : Math.max(2, Math.round((100 * Math.log1p(stage.rowsOut)) / Math.log1p(most)));
    const ended = stage.rowsOut === 0 && stage.rowsIn > 0;
    const look = ended ? ' class="ended"' : stage.rowsIn === 0 ? ' class="empty"' : '';
    return `<tr${look}><td class="count">${stage.rowsIn}</td><td class="count">${stage.rowsOut}</td><td class="bar"><span style="width:${share}%"></span></td><td><code>${text(stage.command)}</code></td></tr>`;
  });
  return `<table class="funnel"><caption>Rows into and out of each command</caption><thead><tr><th scope="col" class="count">in</th><th scope="col" class="count">out</th><th scope="col"><span class="sr">share</span></th><th scope="col">command</th></tr></thead><tbody>${line.join('')}</tbody></table>`;
}

function rows(test: TestResult): string {
  const sample = test.sample ?? [];
  if (sample.length === 0) return '';
  const fields = [...new Set(sample.flatMap((row) => Object.keys(row)))].slice(0, 30);
  const head = fields.map((field) => `<th scope="col">${text(field)}</th>`).join('');
  const body = sample.map(
    (row) =>
      `<tr>${fields.map((field) => `<td>${text(cell(Object.hasOwn(row, field) ? row[field] : null))}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="First rows found"><table class="rows"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const shown = Array.isArray(value) ? value.join('; ') : String(value);
  return shown.length > 300 ? `${shown.slice(0, 299)}…` : shown;
}

const tacticOrder = [
  'Reconnaissance',
  'Resource Development',
  'Initial Access',
  'Execution',
  'Persistence',
  'Privilege Escalation',
  'Defense Evasion',
  'Credential Access',
  'Discovery',
  'Lateral Movement',
  'Collection',
  'Command And Control',
  'Exfiltration',
  'Impact',
];

/** Techniques by tactic, each marked by the worst result of the tests of its detections. */
function coverage(tests: readonly TestResult[], facts: TechniqueFacts): string {
  const results = new Map<string, TestResult[]>();
  for (const test of tests) {
    for (const id of new Set(test.techniques ?? [])) results.set(id, [...(results.get(id) ?? []), test]);
  }
  const columns = new Map<string, string[]>();
  for (const id of [...results.keys()].sort()) {
    for (const tactic of facts.tactics.get(id) ?? ['Other'])
      columns.set(tactic, [...(columns.get(tactic) ?? []), id]);
  }
  if (columns.size === 0) return '';
  // Left to right as in the matrix; what it does not know comes last.
  const place = (tactic: string): number => tacticOrder.indexOf(tactic) + 1 || tacticOrder.length + 1;
  const ordered = [...columns].sort(([a], [b]) => place(a) - place(b));
  const column = ordered.map(([tactic, ids]) => {
    const items = ids.map((id) => {
      const found = results.get(id)!;
      const state = found.some((t) => t.status === 'failed' || t.status === 'error')
        ? 'failed'
        : found.some((t) => t.status === 'passed')
          ? 'passed'
          : 'skipped';
      const label = `${id} ${facts.names.get(id) ?? ''}`.trim();
      return `<li class="${state}" title="${text(`${label}: ${counted(found.length, 'test')}, ${state}`)}"><b>${text(id)}</b> ${text(facts.names.get(id) ?? '')} <span class="sr">${state}</span></li>`;
    });
    return `<div class="tactic"><h3>${text(tactic)}</h3><ul>${items.join('')}</ul></div>`;
  });
  return `<section class="coverage"><h2>ATT&amp;CK techniques of the tested detections</h2><div class="matrix scroll" tabindex="0" role="region" aria-label="Techniques by tactic">${column.join('')}</div></section>`;
}

const STYLE = `
:root{color-scheme:light dark;--text:#1b1f24;--muted:#57606a;--page:#f6f8fa;--card:#fff;--line:#d0d7de;--soft:#eaeef2;--passed:#116329;--failed:#a40e26;--skipped:#7d4e00;--bar:#0969da;--fault:#ffebe9}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--muted:#9da7b3;--page:#0d1117;--card:#161b22;--line:#30363d;--soft:#21262d;--passed:#56d364;--failed:#ff9089;--skipped:#e3b341;--bar:#58a6ff;--fault:#3a1517}}
*{box-sizing:border-box}body{margin:0 auto;max-width:76rem;padding:1.5rem 1rem 3rem;font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--page)}
h1{margin:0;font-size:1.6rem}h2{font-size:1.25rem;margin:2.5rem 0 .6rem}h3{font-size:.9rem;margin:.2rem 0 .3rem;color:var(--muted)}header p{margin:.2rem 0}.verdict{font-size:1.2rem;font-weight:600}
.verdict.passed,button.passed,.passed .mark,li.passed b{color:var(--passed)}.verdict.failed,button.failed,button.error,.failed .mark,.error .mark,li.failed b,.reason{color:var(--failed)}button.skipped,.skipped .mark,li.skipped b{color:var(--skipped)}
.filters{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0}button{font:inherit;font-weight:600;padding:.25rem .9rem;border:1px solid var(--line);border-radius:1rem;background:transparent;cursor:pointer}button[aria-pressed=true]{background:var(--card);box-shadow:inset 0 0 0 1px currentColor;border-color:currentColor}
.test{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--line);border-radius:.4rem;margin:.5rem 0;padding:.5rem .9rem}.test.passed{border-left-color:var(--passed)}.test.failed,.test.error{border-left-color:var(--failed)}.test.skipped{border-left-color:var(--skipped)}
summary{cursor:pointer;overflow-wrap:anywhere}.mark{display:inline-block;min-width:4.2rem;font-weight:600;font-size:.9rem}.count-of,.file{color:var(--muted);font-size:.9rem}.count-of{margin-left:.4rem}.reason{font-weight:600;margin:.6rem 0 .1rem}.reason,.file,.why,.warnings{overflow-wrap:anywhere}.file{margin:0 0 .6rem}.why{background:var(--soft);border-radius:.3rem;padding:.5rem .5rem .5rem 1.6rem;margin:.6rem 0}
table{border-collapse:collapse}caption{text-align:left;font-weight:600;padding-bottom:.2rem}.funnel{width:100%;margin:.5rem 0}td,th{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}th{font-size:.85rem;color:var(--muted)}.count{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;width:1%}th.count{text-align:right}.bar{width:20%;min-width:5rem}.bar span{display:block;height:.75rem;margin-top:.4rem;background:var(--bar);border-radius:.2rem}.ended td{background:var(--fault);color:var(--failed);font-weight:600}.empty td{color:var(--muted)}
code{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}.scroll{overflow-x:auto;position:relative}.rows{font-size:.85rem}.rows td{min-width:7rem;max-width:24rem;overflow-wrap:break-word}
.matrix{display:flex;gap:.6rem;padding-bottom:.5rem}.tactic{flex:0 0 10.5rem}.tactic ul{list-style:none;margin:0;padding:0}.tactic li{background:var(--card);border:1px solid var(--line);border-left:.2rem solid var(--line);border-radius:.3rem;padding:.2rem .4rem;margin:.25rem 0;font-size:.85rem;overflow-wrap:anywhere}li.passed{border-left-color:var(--passed)!important}li.failed{border-left-color:var(--failed)!important;background:var(--fault)!important}li.skipped{border-left-color:var(--skipped)!important}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}:focus-visible{outline:2px solid var(--bar);outline-offset:2px}@media (max-width:40rem){.funnel,.funnel tbody{display:block}.funnel thead{display:none}.funnel tr{display:grid;grid-template-columns:minmax(3.5rem,max-content) minmax(3.5rem,max-content) 1fr;border-bottom:1px solid var(--line);padding:.2rem 0}.funnel td{border:0;width:auto}.funnel td.count{text-align:left}.funnel td:last-child{grid-column:1/-1;padding-top:0}.funnel .ended{background:var(--fault)}.funnel .count:nth-child(1):before{content:"in ";color:var(--muted);font-weight:400}.funnel .count:nth-child(2):before{content:"out ";color:var(--muted);font-weight:400}.funnel caption{display:block}}@media print{.test[hidden]{display:none}body{background:#fff}}
`;

const SCRIPT = `for(const b of document.querySelectorAll('button[data-status]'))b.addEventListener('click',()=>{const on=b.getAttribute('aria-pressed')!=='true';b.setAttribute('aria-pressed',String(on));for(const t of document.querySelectorAll('details[data-status="'+b.dataset.status+'"]'))t.hidden=!on});`;
// The policy allows this one script and no other; a changed script needs its new hash here, which a test checks.
const SCRIPT_HASH = 'kPsJ4OQuG0vpccUHyaw1seFyr6xQuxPNMsJgLBHyLKs=';
