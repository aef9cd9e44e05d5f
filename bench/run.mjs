// Runs every bench of this folder, each in a process of its own, and ends with a table of what was measured beside what
// is aimed at. `node bench/run.mjs [name…]` runs some. Run `npm run build` first. Never a part of `npm test`.
//
// A bench is a script that prints what it measures. A line with `(at most N)` or `, at least N` behind a number tells an aim
// itself; the aims of the others stand here.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;

/** Aims of benches whose lines do not say them: the number is the first group of `find`. */
const aims = [
  { bench: 'build', find: /^app and api: full build without cache\s+(\d+) ms/m, most: 410, unit: 'ms' },
  { bench: 'build', find: /^app and api: one edited detection\s+(\d+) ms/m, most: 300, unit: 'ms' },
  { bench: 'build', find: /^app and api: twice the detections.*\(([\d.]+) times\)/m, most: 2, unit: 'times' },
  {
    bench: 'knowledge',
    find: /^Sysmon XML, tstats of a detection.*?([\d.]+) × as fast/m,
    least: 4,
    unit: 'times',
  },
  {
    bench: 'readers',
    find: /^JSON lines, raw events with time.*?([\d.]+) × the loop/m,
    most: 1.3,
    unit: 'times',
  },
  { bench: 'readers', find: /^JSON lines, one rare term.*?([\d.]+) × the loop/m, most: 0.4, unit: 'times' },
  { bench: 'spl', find: /^expand, parse, check\s.*then (\d+) ms/m, most: 400, unit: 'ms' },
];

/** Runs one bench; what it prints is shown as it comes. */
function run(name) {
  console.log(`\n== ${name}`);
  const child = spawn(process.execPath, ['--expose-gc', join(folder, `${name}.mjs`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  return new Promise((done) => child.on('close', (code) => done({ name, output, code })));
}

/** Rows of the table for one bench. */
function judge({ name, output, code }) {
  const rows = [];
  const add = (what, number, bound, unit, met) =>
    rows.push([name, what, `${number} ${unit}`.trim(), `${bound} ${unit}`.trim(), met ? 'met' : 'MISSED']);
  for (const line of output.split('\n'))
    for (const [, number, unit, kind, limit] of line.matchAll(
      /([\d.]+)\s*(times|ms|MB|s|%)?(?:,| \() ?at (most|least) ([\d.]+)/g,
    )) {
      const met = kind === 'most' ? Number(number) <= Number(limit) : Number(number) >= Number(limit);
      // The words before the number, or before the colon of a line that tells several.
      const what = (/^([^:]+):/.exec(line)?.[1] ?? line.slice(0, line.indexOf(number)))
        .trim()
        .replace(/\s+/g, ' ');
      add(what, number, `${kind === 'most' ? '≤' : '≥'} ${limit}`, unit ?? 'times', met);
    }
  for (const { bench, find, most, least, unit } of aims) {
    if (bench !== name) continue;
    const match = find.exec(output);
    if (match === null) continue;
    const number = Number(match[1]);
    const what = match[0].split(/\s{2,}|:? \(/)[0].replace(/:$/, '');
    add(
      what,
      number,
      most === undefined ? `≥ ${least}` : `≤ ${most}`,
      unit,
      most === undefined ? number >= least : number <= most,
    );
  }
  if (rows.length === 0)
    rows.push([name, /skipped|left out/i.test(output) ? 'left out' : 'nothing measured', '', '', '']);
  // A bench that measured what it aims at and found it missed ends with 1; anything else broke.
  if (code !== 0 && !rows.some((row) => row[4] === 'MISSED'))
    rows.push([name, `ended with ${code}`, '', '', 'BROKEN']);
  return rows;
}

const all = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .map((file) => file.slice(0, -4))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(2);
}
if (!existsSync(join(folder, '../dist/js/cli.js'))) {
  console.error('the program is not compiled: run "npm run build"');
  process.exit(2);
}
const table = [['bench', 'measures', 'measured', 'aim', '']];
for (const name of wanted.length > 0 ? wanted : all) table.push(...judge(await run(name)));
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
console.log();
for (const row of table)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
process.exit(table.some((row) => row[4] === 'BROKEN') ? 1 : 0);
