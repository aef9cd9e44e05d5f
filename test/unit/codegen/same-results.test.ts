// Random searches over random events: rewriting, counting rows, reading only named fields and emitting a module change
// no result.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import type { Environment, EventStore } from '../../../src/runtime/environment.js';
import { createRow, type Row } from '../../../src/runtime/value.js';

const field = fc.constantFrom('a', 'b', 'c', 'd');
const values = [
  ...['1', '2', '10', 'x', 'X', '', '1.5', '-3', 'foo bar', 'a=1'],
  ['p', 'q'],
  ['1', '2', '2'],
  null,
];

/** Templates of commands: `$` is a field. */
const templates = [
  ...['search $=1 OR $=x', 'search NOT $=1', 'search $>1 text', 'search $ IN (1,x*)', 'regex $="\\d"'],
  ...['where $="1" OR $!="x"', 'where isnotnull($) AND like($,"%o%")', 'where $=$ OR NOT $>1'],
  ...['eval $=if($>1,"h",$)', 'eval e=$."z", $=coalesce($,e)', 'eval $=mvappend($,$), n=mvcount($)'],
  ...['eval $=round($/3,2)', 'eval $=case($="x","1",isnull($),2)', 'eval $=null()', 'eval x{a}=$'],
  ...['stats count sum($) dc($) as d by $', 'stats values($) as v list($) first($) latest($)'],
  ...['stats avg($) as a max($) perc50($) by $ $', 'eventstats count min($) by $', 'eventstats mode($)'],
  ...['streamstats sum($) as s by $', 'streamstats window=2 current=f last($) as l by $'],
  ...[
    'streamstats reset_on_change=t count by $',
    'sort $',
    'sort 3 - $',
    'sort 0 -$, $',
    'sort limit=2 num($)',
  ],
  ...['dedup $', 'dedup 2 $ $', 'dedup $ keepempty=t', 'dedup $ keepevents=t', 'dedup $ consecutive=t'],
  ...['head 3', 'head ($=1) keeplast=t', 'tail 3', 'reverse', 'uniq', 'fields $ $', 'fields - $'],
  ...['table $ $ $', 'rename $ as $', 'rename $ as z', 'fillnull value=0', 'fillnull $', 'filldown $'],
  ...[
    'mvexpand $',
    'mvexpand $ limit=1',
    'makemv delim="o" $',
    'nomv $',
    'mvcombine $',
    'replace x with y in $',
  ],
  ...['rex field=$ "(?<$>\\w)"', 'rex "n=(?<n>\\d+)"', 'top $', 'top limit=1 useother=t $ by $', 'rare $ $'],
  ...['chart count sum($) by $ $ limit=1', 'chart limit=1 dc($) over $ by $', 'chart mode($) over $ by $'],
  ...[
    'timechart span=1m avg($) by $ limit=1',
    'timechart bins=3 count by $',
    'timechart span=1h useother=f max($) by $',
  ],
  ...['bin $ span=2', 'bin bins=3 $', 'transpose', 'untable $ k v', 'xyseries $ $ $', 'contingency $ $'],
  ...[
    'append [search $=1 | stats count by $]',
    'appendpipe [stats sum($)]',
    'appendcols [search $=x | stats count]',
  ],
  ...['join $ [search $=1 | fields $ $]', 'join type=left max=0 $ [search $=x | fields $ $]', 'selfjoin $'],
  ...['union [search $=1]', 'union [search $=1 | stats count] [search $=x]', 'transaction $ maxspan=5m'],
  ...['strcat $ "-" $ $', 'accum $', 'delta $ as dl', 'autoregress $ p=1-2', 'addtotals', 'addcoltotals $'],
  ...["foreach $ $ [eval <<FIELD>>=coalesce('<<FIELD>>',0)]", 'rangemap field=$ low=0-1 high=2-9'],
  ...['convert num($) as nn', 'fieldsummary', 'format', 'makecontinuous _time span=1m', 'outlier $', 'spath'],
  ...[
    'stats sparkline(sum($),1m) as s by $',
    'chart sparkline(count) over $',
    'timechart span=1m count | timewrap 5min',
  ],
  ...['trendline sma2($) as t', 'extract', 'tojson', 'concurrency duration=$', 'cluster t=0.5', 'addinfo'],
];

const command = fc
  .tuple(fc.constantFrom(...templates), fc.array(field, { minLength: 5, maxLength: 5 }))
  .map(([template, fields]) => {
    let next = 0;
    return template.replaceAll(/\$(?!\d)/g, () => fields[next++ % fields.length] ?? 'a');
  });
const event = fc.record({
  gap: fc.constantFrom(1, 60, 600),
  fields: fc.array(fc.constantFrom(...values), { minLength: 4, maxLength: 4 }),
});

function rowsOf(events: readonly { readonly gap: number; readonly fields: readonly unknown[] }[]): Row[] {
  let time = 1_700_000_000;
  return events.map(({ gap, fields }, index) => {
    time -= gap;
    const row = createRow();
    row['_time'] = time;
    row['_raw'] = `n=${index} a=${index % 3} text`;
    fields.forEach((value, at) => {
      if (value !== null) row['abcd'[at] ?? ''] = value as Row[string];
    });
    return row;
  });
}

/** A source that gives nothing but what is asked for. */
const sparing = (rows: readonly Row[]): EventStore => ({
  *scan({ fields, text }) {
    for (const row of rows) {
      const part = createRow();
      for (const [name, value] of Object.entries(row))
        if (fields === 'all' || fields.has(name) || (text === true && name === '_raw')) part[name] = value;
      yield part;
    }
  },
});

const searchOver = fc
  .array(command, { minLength: 1, maxLength: 5 })
  .map((commands) => `search * | ${commands.join(' | ')}`);
const someEvents = fc.array(event, { minLength: 1, maxLength: 14 });
const environment = { now: 1_700_000_100 };

it('gives the same rows in every way', async () => {
  await fc.assert(
    fc.asyncProperty(searchOver, someEvents, async (spl, events) => {
      const compiled = compileText(spl);
      fc.pre(!compiled.diagnostics.some(({ severity }) => severity === 'error'));
      const rows = rowsOf(events);
      const given = structuredClone(rows);
      const expected = await compiled.run(rows, environment);
      // Events are never changed.
      expect(rows.map((row) => ({ ...row }))).toEqual(given);
      expect(await compileText(spl, { rewrites: false }).run(rows, environment)).toEqual(expected);
      expect((await compiled.runCounted(rows, environment)).rows).toEqual(expected);
      expect(await compiled.run(sparing(rows), environment)).toEqual(expected);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
}, 600_000);

/** An emitted module. */
interface Emitted {
  run(rows: readonly Row[], environment: Environment): Promise<Row[]>;
}

it('gives the same rows from emitted modules', async () => {
  const root = join(import.meta.dirname, '../../..');
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist/modules-'));
  try {
    // every template alone, and many of them together
    const alone = templates.map((template) => `search * | ${template.replaceAll(/\$(?!\d)/g, 'a')}`);
    const together = fc.sample(searchOver, Number(process.env['RUNS'] ?? 300));
    const searches = [...alone, ...together]
      .map((spl) => ({ spl, compiled: compileText(spl) }))
      .filter(({ compiled }) => !compiled.diagnostics.some(({ severity }) => severity === 'error'));
    searches.forEach(({ compiled }, index) => {
      const module = compiled.module({ runtime: join(root, 'src/evaluator-runtime.ts') });
      writeFileSync(join(folder, `search${index}.ts`), module);
    });
    const names = searches.map((_, index) => `search${index}`);
    writeFileSync(
      join(folder, 'all.ts'),
      names.map((name) => `export * as ${name} from './${name}.js';\n`).join(''),
    );
    const bundle = join(folder, 'all.mjs');
    await build({
      entryPoints: [join(folder, 'all.ts')],
      outfile: bundle,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'error',
    });
    const emitted = (await import(pathToFileURL(bundle).href)) as Readonly<Record<string, Emitted>>;
    for (const [index, { spl, compiled }] of searches.entries())
      for (const events of fc.sample(someEvents, 2)) {
        const rows = rowsOf(events);
        const fromModule = await emitted[`search${index}`]?.run(structuredClone(rows), environment);
        expect({ spl, rows: fromModule }).toEqual({ spl, rows: await compiled.run(rows, environment) });
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);
