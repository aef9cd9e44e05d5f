// Expanding, parsing and checking all searches of the 4.x repository, beside a bare JSON.parse of the same texts.
// `node bench/spl.mjs [repository]`; prints milliseconds of the first run (cold), of the best of ten, and MB/s.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? join(root, '../shared/corpus/4.x');
if (!existsSync(folder)) {
  console.log(`skipped: ${folder} is not there`);
  process.exit(0);
}
if (!existsSync(join(root, 'dist/js/content-search.js'))) {
  console.log('skipped: npm run build has not been run');
  process.exit(0);
}
const { ContentCache, loadRepository } = await import('../dist/js/content/load.js');
const { searchEnvironment } = await import('../dist/js/content-search.js');
const { analyseSearch } = await import('../dist/js/syntax/analyse.js');

const { content } = loadRepository(folder, new ContentCache());
const texts = content.detections.map(({ search }) => search).filter(Boolean);
const environment = searchEnvironment(content);

function analyseAll() {
  let faults = 0;
  let characters = 0;
  for (const text of texts) {
    const analysis = analyseSearch(text, environment);
    // Everything that rules ask for.
    faults += analysis.diagnostics.length + analysis.missingFields.length + analysis.lookups.length;
    characters += analysis.expansion.text.length;
  }
  return { faults, characters };
}

const json = texts.map((text) => JSON.stringify(text));
function parseAll() {
  let characters = 0;
  for (const text of json) characters += JSON.parse(text).length;
  return { characters };
}

function measure(run) {
  const times = [];
  let result;
  for (let i = 0; i < 11; i++) {
    const before = performance.now();
    result = run();
    times.push(performance.now() - before);
  }
  return { cold: times[0], best: Math.min(...times.slice(1)), result };
}

const bytes = Buffer.byteLength(texts.join(''));
const analysed = measure(analyseAll);
const parsed = measure(parseAll);
const rate = (milliseconds) => ((bytes / 1e6 / milliseconds) * 1000).toFixed(1);
console.log(
  `${texts.length} searches, ${(bytes / 1e6).toFixed(2)} MB; expanded ${(analysed.result.characters / 1e6).toFixed(2)} MB`,
);
console.log(
  `expand, parse, check   cold ${analysed.cold.toFixed(0)} ms, then ${analysed.best.toFixed(0)} ms (${rate(analysed.best)} MB/s)`,
);
console.log(
  `bare JSON.parse        cold ${parsed.cold.toFixed(1)} ms, then ${parsed.best.toFixed(1)} ms (${rate(parsed.best)} MB/s)`,
);
