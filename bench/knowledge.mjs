// Windows XML to a CIM data set: `| tstats … from datamodel=Endpoint.Processes` over Sysmon events, beside a bare pass of
// fast-xml-parser over the same file. `node bench/knowledge.mjs [megabytes]`.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { best, eventFile, loadSource } from './readers.mjs';

const SEARCHES = [
  [
    'tstats by process and parent',
    '| tstats count from datamodel=Endpoint.Processes by Processes.process_name Processes.parent_process_name',
  ],
  [
    'tstats of a detection',
    '| tstats count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes where Processes.process_name=powershell.exe Processes.process="*mimikatz*" by Processes.dest Processes.user Processes.parent_process Processes.process_name Processes.process',
  ],
];

/** The least that an XML parser does: every line parsed, nothing kept. */
function parsePass(file) {
  const parser = new XMLParser();
  const input = openSync(file, 'r');
  const block = Buffer.allocUnsafe(1 << 20);
  let rest = '';
  let count = 0;
  for (let size = readSync(input, block); size > 0; size = readSync(input, block)) {
    const lines = (rest + block.toString('latin1', 0, size)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (parser.parse(line).Event !== undefined) count++;
  }
  closeSync(input);
  return count;
}

/** Measures and returns lines `{ name, ms, events, mbPerSecond, ratio? }`; `ratio` is how many times faster than the pass. */
export async function benchKnowledge(megabytes = 50) {
  const file = eventFile('xml', megabytes);
  const size = statSync(file).size;
  const { loadKnowledge } = await loadSource('knowledge/knowledge.ts');
  const { knowledgeLanguage } = await loadSource('knowledge-language.ts');
  const { openDataset } = await loadSource('dataset/open-dataset.ts');
  const { openEventStore } = await loadSource('event-store.ts');
  const { compileText } = await loadSource('evaluate.ts');
  const base = await best(2, () => parsePass(file));
  const lines = [
    {
      name: 'Sysmon XML, bare fast-xml-parser pass',
      ms: base.ms,
      events: base.result,
      mbPerSecond: size / 1000 / base.ms,
    },
  ];
  const knowledge = loadKnowledge({ language: knowledgeLanguage() });
  for (const [name, spl] of SEARCHES) {
    const search = compileText(spl, { dataModels: knowledge.dataModels });
    const { ms, result } = await best(5, async () => {
      const rows = await search.run(openEventStore(openDataset([file]), knowledge));
      return rows.reduce((sum, row) => sum + Number(row.count), 0);
    });
    lines.push({
      name: `Sysmon XML, ${name}`,
      ms,
      events: result,
      mbPerSecond: size / 1000 / ms,
      ratio: base.ms / ms,
    });
  }
  return lines;
}

if (process.argv[1] === import.meta.filename) {
  for (const { name, ms, events, ratio, mbPerSecond } of await benchKnowledge(
    Number(process.argv[2] ?? 50),
  )) {
    const share = ratio === undefined ? '' : `  ${ratio.toFixed(1)} × as fast`;
    console.log(
      `${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms  ${events} events  ${mbPerSecond.toFixed(0)} MB/s${share}`,
    );
  }
}
