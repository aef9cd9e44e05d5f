// Reading log files beside the least that any reader has to do: JSON lines beside a bare JSON.parse loop, Windows
// XML in MB/s. `node bench/readers.mjs [megabytes]`; the files are made once, in the folder for temporary files.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const folder = join(tmpdir(), 'detc-bench');

/** Compiles one module of src/ with all it imports, and loads it. */
export async function loadSource(entry) {
  mkdirSync(folder, { recursive: true });
  const outfile = join(
    root,
    'node_modules',
    '.cache',
    'detc-bench',
    entry.replace(/\W+/g, '-').replace(/-ts$/, '.mjs'),
  );
  await build({
    entryPoints: [join(root, 'src', entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

// A small generator with a fixed seed: the same file on every machine.
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const images = [
  'svchost.exe',
  'powershell.exe',
  'cmd.exe',
  'chrome.exe',
  'explorer.exe',
  'taskhostw.exe',
  'conhost.exe',
];

function processEvent(i, next) {
  const image = images[next(images.length)];
  const parent = images[next(images.length)];
  const guid = `{b34bc01c-${(i % 65536).toString(16).padStart(4, '0')}-5f8c-0a00-${next(2 ** 31)
    .toString(16)
    .padStart(12, '0')}}`;
  // One event in about ten thousand is the one that is looked for.
  const tail =
    next(10_000) === 0 ? ' -c "Invoke-Mimikatz -DumpCreds"' : ` -k netsvcs -p -s Schedule${next(1000)}`;
  return { image, parent, guid, tail, time: new Date(1_600_000_000_000 + i * 37).toISOString() };
}

function jsonLine(i, next) {
  const { image, parent, guid, tail, time } = processEvent(i, next);
  return `${JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Hostname: `WORKSTATION${next(50)}.example.local`,
    '@timestamp': time,
    ProcessGuid: guid,
    ProcessId: String(next(60_000)),
    Image: `C:\\Windows\\System32\\${image}`,
    CommandLine: `C:\\Windows\\System32\\${image}${tail}`,
    CurrentDirectory: 'C:\\Windows\\system32\\',
    User: 'NT AUTHORITY\\SYSTEM',
    LogonId: '0x3e7',
    IntegrityLevel: 'System',
    Hashes: `SHA1=${guid.slice(25, 37)}A1385CE20AD79F55DF235EFFD978,MD5=8A0A29438052FAED8A2532DA50455756`,
    ParentProcessId: String(next(60_000)),
    ParentImage: `C:\\Windows\\System32\\${parent}`,
    ParentCommandLine: `C:\\Windows\\System32\\${parent} -k LocalService`,
    tags: ['bench'],
  })}\n`;
}

function xmlLine(i, next) {
  const { image, parent, guid, tail, time } = processEvent(i, next);
  const data = {
    RuleName: '-',
    UtcTime: time.replace('T', ' ').replace('Z', ''),
    ProcessGuid: guid,
    ProcessId: next(60_000),
    Image: `C:\\Windows\\System32\\${image}`,
    CommandLine: `C:\\Windows\\System32\\${image}${tail.replaceAll('"', '&quot;')}`,
    User: 'NT AUTHORITY\\SYSTEM',
    Hashes: 'MD5=8A0A29438052FAED8A2532DA50455756',
    ParentImage: `C:\\Windows\\System32\\${parent}`,
  };
  const cells = Object.entries(data).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID>1</EventID><Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='${time}'/><EventRecordID>${i}</EventRecordID><Correlation/><Execution ProcessID='3236' ThreadID='3684'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws${next(50)}.example.local</Computer><Security UserID='S-1-5-18'/></System><EventData>${cells.join('')}</EventData></Event>\n`;
}

/** Returns the path of a file of events, which is made when it is not there. */
export function eventFile(kind, megabytes) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `events-${megabytes}.${kind}`);
  if (existsSync(file)) return file;
  const out = openSync(`${file}.new`, 'w');
  const next = random(42);
  const make = kind === 'xml' ? xmlLine : jsonLine;
  let size = 0;
  for (let i = 0; size < megabytes * 1e6; ) {
    const lines = [];
    for (const end = i + 2000; i < end; i++) lines.push(make(i, next));
    size += writeSync(out, lines.join(''));
  }
  closeSync(out);
  renameSync(`${file}.new`, file);
  return file;
}

/** The least that reading JSON lines takes: blocks, lines, JSON.parse, and a look at one member. */
export function parseLoop(file) {
  const input = openSync(file, 'r');
  const block = Buffer.allocUnsafe(1 << 22);
  let rest = Buffer.alloc(0);
  let count = 0;
  for (let size = readSync(input, block); size > 0; size = readSync(input, block)) {
    const data = rest.length > 0 ? Buffer.concat([rest, block.subarray(0, size)]) : block.subarray(0, size);
    let at = 0;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, at)) {
      if (JSON.parse(data.toString('utf8', at, end)).EventID !== undefined) count++;
      at = end + 1;
    }
    rest = Buffer.from(data.subarray(at));
  }
  closeSync(input);
  return count;
}

async function countEvents(openDataset, file, rawTerms) {
  let count = 0;
  for await (const batch of openDataset([file]).scan({ rawTerms })) count += batch.length;
  return count;
}

/** The best time of a few runs, in milliseconds: the machine's other work only ever adds. */
export async function best(runs, work) {
  let least = Number.POSITIVE_INFINITY;
  let result;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    result = await work();
    least = Math.min(least, performance.now() - start);
  }
  return { ms: least, result };
}

/** Measures and returns lines `{ name, ms, ratio?, mbPerSecond? }`. */
export async function benchReaders(megabytes = 250) {
  const { openDataset } = await loadSource('dataset/open-dataset.ts');
  const json = eventFile('jsonl', megabytes);
  const xml = eventFile('xml', Math.min(megabytes, 100));
  const base = await best(3, () => parseLoop(json));
  const lines = [{ name: 'JSON lines, bare JSON.parse loop', ms: base.ms, events: base.result }];
  for (const [name, terms] of [
    ['JSON lines, raw events with time', []],
    ['JSON lines, one rare term', [['mimikatz']]],
    ['JSON lines, one of three terms and another', [['mimikatz', 'rubeus', 'sekurlsa'], ['powershell']]],
  ]) {
    const { ms, result } = await best(3, () => countEvents(openDataset, json, terms));
    lines.push({ name, ms, events: result, ratio: ms / base.ms });
  }
  const windows = await best(3, () => countEvents(openDataset, xml, []));
  lines.push({
    name: 'Windows XML, raw events with time',
    ms: windows.ms,
    events: windows.result,
    mbPerSecond: statSync(xml).size / 1000 / windows.ms,
  });
  return lines;
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, ms, events, ratio, mbPerSecond } of await benchReaders(Number(process.argv[2] ?? 250))) {
    const share = ratio === undefined ? '' : `  ${ratio.toFixed(2)} × the loop`;
    const speed = mbPerSecond === undefined ? '' : `  ${mbPerSecond.toFixed(0)} MB/s`;
    console.log(`${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms  ${events} events${share}${speed}`);
  }
}
