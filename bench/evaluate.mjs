// Five typical searches over 200,000 extracted events in memory, beside loops written by hand for the same results.
// `node bench/evaluate.mjs`; the best of nine rounds of each counts, in the same process.
import { loadSource } from './readers.mjs';

const { compileText } = await loadSource('evaluate.ts');
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

const best = (list) => Math.min(...list);
console.log('ratio  detc ms  hand ms  rows  search');
let worst = 0;
let [all, allByHand] = [0, 0];
for (const [spl, hand] of searches) {
  const compiled = compileText((spl.startsWith('search') ? '' : '| ') + spl);
  const ours = [];
  const theirs = [];
  let rows = [];
  let expected = [];
  for (let round = 0; round < 9; round++) {
    let start = performance.now();
    expected = hand(events);
    theirs.push(performance.now() - start);
    start = performance.now();
    rows = await compiled.run(events);
    ours.push(performance.now() - start);
  }
  if (rows.length !== expected.length)
    throw new Error(`${rows.length} rows instead of ${expected.length}: ${spl}`);
  const ratio = best(ours) / best(theirs);
  worst = Math.max(worst, ratio);
  all += best(ours);
  allByHand += best(theirs);
  const figures = [ratio.toFixed(2), best(ours).toFixed(1), best(theirs).toFixed(1), String(rows.length)];
  console.log(figures.map((text, index) => text.padStart([5, 7, 7, 4][index])).join('  '), ' ' + spl);
}
console.log(`all five together ${(all / allByHand).toFixed(2)} (at most 1.5)`);
console.log(`the slowest of them ${worst.toFixed(2)} (at most 1.5)`);
