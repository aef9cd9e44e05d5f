// What a search costs: five typical searches over 200,000 extracted events in memory, beside loops written by hand for
// the same results; search and stats over JSON lines of several shapes, beside a bare JSON.parse loop; and the most memory a process has
// held after reading 100 MB and 1 GB. `node bench/evaluate.mjs [megabytes]`. Both sides of a ratio are run by turns in one
// process, and the best round of each counts.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { eventFile, loadSource, parseLoop } from './readers.mjs';
import { shapeFile, shapes } from './shapes.mjs';

const [mode, ...given] = process.argv.slice(2);
const { compileText } = await loadSource('evaluate.ts');
const { openEvents } = await loadSource('events.ts');
// The lines look like exported Windows events, and are read as such unless they are told to be plain JSON.
const reading = { newestFirst: true };
const plain = { ...reading, sourcetype: '_json' };
const readFile = (spl, file, options = reading) => compileText(spl).run(openEvents([file], options));

// A process of its own, which tells the most memory that it has held.
if (mode === '--peak') {
  const [spl, file] = given;
  const events = openEvents([file], reading);
  let rows = 0;
  // Rows are handed on and forgotten, as by `run -o ndjson`.
  await compileText(spl).run(events, {}, { push: () => rows++ });
  console.log(JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1024, rows }));
  process.exit(0);
}

const ROUNDS = 9;
const N = 200000;
const names = [
  'cmd.exe',
  'powershell.exe',
  'svchost.exe',
  'explorer.exe',
  'rundll32.exe',
  'msiexec.exe',
  'chrome.exe',
];
let seed = 1;
const rnd = (n) => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed % n;
};
const events = [];
for (let i = 0; i < N; i++) {
  const p = names[rnd(7)];
  events.push({
    _time: 1700000000 + i,
    host: 'h' + rnd(50),
    user: 'user' + rnd(200),
    process_name: p,
    process: `C:\\Windows\\System32\\${p} -enc ${rnd(100000)} /c x`,
    EventCode: rnd(3) === 0 ? '1' : '3',
    bytes: rnd(100000),
    dest_port: String(rnd(1024)),
    src: `10.${rnd(4)}.${rnd(255)}.${rnd(255)}`,
  });
}
const searches = [
  [
    'search EventCode=1 process_name IN ("cmd.exe","powershell.exe") process="*-enc*" | stats count min(_time) as firstTime max(_time) as lastTime values(process_name) as pn by host user',
    (ev) => {
      const g = new Map();
      const re = /-enc/i;
      for (const e of ev) {
        if (e.EventCode !== '1') continue;
        const p = e.process_name.toLowerCase();
        if (p !== 'cmd.exe' && p !== 'powershell.exe') continue;
        if (!re.test(e.process)) continue;
        const k = e.host + '\0' + e.user;
        let x = g.get(k);
        if (!x) {
          x = {
            host: e.host,
            user: e.user,
            count: 0,
            firstTime: e._time,
            lastTime: e._time,
            pn: new Set(),
          };
          g.set(k, x);
        }
        x.count++;
        if (e._time < x.firstTime) x.firstTime = e._time;
        if (e._time > x.lastTime) x.lastTime = e._time;
        x.pn.add(e.process_name);
      }
      return [...g.values()]
        .map((x) => ({ ...x, pn: [...x.pn].sort() }))
        .sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : a.user < b.user ? -1 : 1));
    },
  ],
  [
    'search bytes>50000 | eval kb=round(bytes/1024,2), big=if(bytes>90000,"yes","no") | where big="yes" | stats sum(kb) as kb avg(bytes) as a by user',
    (ev) => {
      const g = new Map();
      for (const e of ev) {
        if (!(e.bytes > 50000)) continue;
        const kb = Math.round((e.bytes / 1024) * 100) / 100;
        const big = e.bytes > 90000 ? 'yes' : 'no';
        if (big !== 'yes') continue;
        let x = g.get(e.user);
        if (!x) {
          x = { user: e.user, kb: 0, s: 0, n: 0 };
          g.set(e.user, x);
        }
        x.kb += kb;
        x.s += e.bytes;
        x.n++;
      }
      return [...g.values()]
        .map((x) => ({ user: x.user, kb: x.kb, a: x.s / x.n }))
        .sort((a, b) => (a.user < b.user ? -1 : 1));
    },
  ],
  [
    'stats count by process_name',
    (ev) => {
      const g = new Map();
      for (const e of ev) g.set(e.process_name, (g.get(e.process_name) ?? 0) + 1);
      return [...g]
        .map(([process_name, count]) => ({ process_name, count }))
        .sort((a, b) => (a.process_name < b.process_name ? -1 : 1));
    },
  ],
  [
    'search src=10.0.0.0/16 | eval proc=lower(process_name) | dedup host proc | table host proc src',
    (ev) => {
      const seen = new Set();
      const out = [];
      const re = /^10\.0\./;
      for (const e of ev) {
        if (!re.test(e.src)) continue;
        const proc = e.process_name.toLowerCase();
        const k = e.host + '\0' + proc;
        if (seen.has(k)) continue;
        seen.add(k);
        out.push({ host: e.host, proc, src: e.src });
      }
      return out;
    },
  ],
  [
    'bin _time span=1h | stats dc(user) as users sum(bytes) as b by _time host | sort - b | head 20',
    (ev) => {
      const g = new Map();
      for (const e of ev) {
        const t = e._time - (e._time % 3600);
        const k = t + '\0' + e.host;
        let x = g.get(k);
        if (!x) {
          x = { _time: t, host: e.host, u: new Set(), b: 0 };
          g.set(k, x);
        }
        x.u.add(e.user);
        x.b += e.bytes;
      }
      return [...g.values()]
        .map((x) => ({ _time: x._time, host: x.host, users: x.u.size, b: x.b }))
        .sort((a, b) => b.b - a.b)
        .slice(0, 20);
    },
  ],
];

/** The best times of two pieces of work that take turns, in milliseconds. */
async function byTurns(rounds, ours, theirs) {
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const results = [];
  for (let round = 0; round < rounds; round++) {
    for (const [side, work] of [ours, theirs].entries()) {
      const start = performance.now();
      results[side] = await work();
      best[side] = Math.min(best[side], performance.now() - start);
    }
  }
  return { ours: best[0], theirs: best[1], ratio: best[0] / best[1], results };
}

/** A line of a table. */
function show(ratio, ours, theirs, rows, what) {
  const cells = [ratio.toFixed(2), ours.toFixed(1), theirs.toFixed(1), String(rows)];
  console.log(`${cells.map((cell, index) => cell.padStart([5, 8, 8, 6][index])).join('  ')}  ${what}`);
}

console.log(`${N.toLocaleString('en')} extracted events\nratio   detc ms   hand ms    rows  search`);
let worst = 0;
let [all, allByHand] = [0, 0];
for (const [spl, hand] of searches) {
  const compiled = compileText((spl.startsWith('search') ? '' : '| ') + spl);
  const { ours, theirs, ratio, results } = await byTurns(
    ROUNDS,
    () => compiled.run(events),
    () => hand(events),
  );
  const [rows, expected] = results;
  if (rows.length !== expected.length)
    throw new Error(`${rows.length} rows instead of ${expected.length}: ${spl}`);
  worst = Math.max(worst, ratio);
  all += ours;
  allByHand += theirs;
  show(ratio, ours, theirs, rows.length, spl);
}
console.log(`all five together ${(all / allByHand).toFixed(2)} (at most 1.5)`);
console.log(`the slowest of them ${worst.toFixed(2)} (at most 1.5)`);
events.length = 0;

const scans = [
  ['search EventID=1 IntegrityLevel=System | stats count by Image', 1.3],
  ['search Image="*powershell.exe" | stats count values(CommandLine) as c by Hostname', 1.3],
  [
    'search EventID=1 | stats count min(_time) as firstTime max(_time) as lastTime by Image ParentImage User',
    1.3,
  ],
  ['search mimikatz | stats count by Image', 0.4],
  ['search CommandLine="*mimikatz*" EventID=1 | stats count by Image', 0.4],
];
const megabytes = Number(mode ?? 250);
const file = eventFile('jsonl', megabytes);
for (const [how, options] of [
  ['Windows events', reading],
  ['plain JSON', plain],
]) {
  console.log(`\n${megabytes} MB of JSON lines, read as ${how}\nratio   detc ms  parse ms    rows  search`);
  for (const [spl, most] of scans) {
    const { ours, theirs, ratio, results } = await byTurns(
      3,
      () => readFile(spl, file, options),
      () => parseLoop(file),
    );
    show(ratio, ours, theirs, results[0].length, `${spl} ${ratio.toFixed(2)} (at most ${most})`);
  }
}
for (const [name, { searches: own }] of Object.entries(shapes)) {
  const size = Math.min(megabytes, 120);
  const path = shapeFile(name, size);
  console.log(`\n${size} MB of JSON lines: ${name}\nratio   detc ms  parse ms    rows  search`);
  for (const [spl, most] of own) {
    const { ours, theirs, ratio, results } = await byTurns(
      3,
      () => readFile(spl, path),
      () => parseLoop(path),
    );
    show(ratio, ours, theirs, results[0].length, `${spl} ${ratio.toFixed(2)} (at most ${most})`);
  }
  rmSync(path);
}

/** The most memory, in megabytes, of a process that runs one of the searches over so many megabytes. */
function peak(spl, size) {
  const path = eventFile('jsonl', size);
  const child = spawnSync(process.execPath, [import.meta.filename, '--peak', spl, path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(child.stdout).megabytes;
}

console.log('\npeak memory in MB of a process that reads 100 MB and 1 GB of JSON lines');
const streams = [
  'search IntegrityLevel=Low | eval n=len(CommandLine)',
  'search * | where len(CommandLine)>300',
  'search * | eval n=len(CommandLine)',
];
for (const spl of [scans[1][0], scans[2][0], ...streams]) {
  const small = peak(spl, 100);
  const large = peak(spl, 1000);
  console.log(
    `memory grows ${(large / small).toFixed(2)} times (at most 1.2): ${small.toFixed(0)} and ${large.toFixed(0)} MB, ${spl}`,
  );
}
rmSync(eventFile('jsonl', 1000));
