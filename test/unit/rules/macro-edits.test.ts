// Watching answers edits of macros as a fresh look does: macros that searches and other macros call in every way are
// changed, broken, mended, deleted and restored, one after the other.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentCache } from '../../../src/content/load.js';
import { rules } from '../../../src/rules/index.js';
import { prepareEdits, validateRepository } from '../../../src/validate.js';
import { source } from './random-edits.js';

const today = '2026-11-25';
const names = ['first', 'second', 'third', 'ctime'];

/** What a macro may become; in place of `$a$` stands the argument of those that take one. */
const definitions: readonly string[] = [
  'eval made=1',
  'eval made=1, other=lower($a$)',
  'eval $a$=strftime($a$, "%Y")',
  'convert ctime($a$)',
  'fields $a$, dest',
  'fields - $a$',
  'rename $a$ as renamed, Web.* as *',
  'stats count by $a$',
  'stats count, values(url) as url by dest | eval made=count',
  'where len(nothing) > 1',
  'where $a$="x" | head 5',
  'lookup example_tools tool as $a$ OUTPUT owner',
  'lookup nonesuch tool as $a$',
  'index=main user=$a$',
  'summariesonly=true chunk_size=5',
  'summariesonly=false',
  'summariesonly=true prestats=t chunk_size=70000',
  'chunk_size=5 fillnull_value=x allow_old_summaries=t ',
  'chunk_size=5x summariesonly=t',
  'summariesonly=t, chunk_size=1',
  'summariesonly=t count',
  'summariesonly=true `third`',
  '`first` | `second(dest)`',
  '`third` x=1',
  '`nonesuch`',
  'search index=secret $a$=*',
  'delete',
  'eval x=lenn($a$)',
  'eval x=',
  '"unclosed',
  '| stats count by $a$',
  '[| inputlookup example_tools]',
  'tstats_like',
  'tstats summariesonly=t',
  '',
  ' ',
];

/** What searches are made of: calls by themselves, inside of commands, beside others, and commands that need what they give. */
const pieces: readonly string[] = [
  '`first`',
  '`second(url)`',
  '`second("Web.url")`',
  '`third`',
  '`ctime(firstTime)`',
  '`ctime(lastTime)`',
  'where `third`',
  'search dest=a `first`',
  'eval again=`second(dest)`',
  'stats count min(_time) as firstTime max(_time) as lastTime by url, dest',
  'where len(url) > 1024 AND made=1',
  'where misspeled=1',
  'table dest url made renamed',
  'eval unread=1',
  'append [search index=main `first` | `second(user)`]',
  'lookup example_tools tool as url OUTPUT owner as owned',
  '`unknown_one`',
];
const starts: readonly string[] = [
  'index=main `first`',
  '`third`',
  '`first` user=a',
  '| tstats `third` count from datamodel=Web where Web.url="*" by Web.url Web.dest',
  '| tstats `third` summariesonly=false values(Web.nothing) from datamodel=Web where index=main by Web.dest Web.url',
  '| tstats `third` , count from datamodel=Web by Web.nowhere',
  '| tstats `first` values(Web.nothing) from datamodel=Web by Web.dest',
  'index=main',
];

const search = fc
  .tuple(fc.constantFrom(...starts), fc.array(fc.constantFrom(...pieces), { maxLength: 5 }))
  .map(([start, rest]) => [start, ...rest]);

type Edit = {
  readonly name: string;
  readonly what: number;
  readonly arity: number;
  readonly prepare: boolean;
};
const edit: fc.Arbitrary<Edit> = fc.record({
  name: fc.constantFrom(...names),
  what: fc.nat({ max: definitions.length + 8 }),
  arity: fc.nat({ max: 5 }),
  prepare: fc.boolean(),
});

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const macroText = (name: string, definition: string, isUnary: boolean): string =>
  `name: ${name}\ndescription: A macro.\ndefinition: ${quoted(definition)}\n${isUnary ? 'arguments:\n- a\n' : ''}`;

it('finds what a fresh look finds', () => {
  const template = readFileSync(join(source, 'detections/web/long_urls.yml'), 'utf8');
  fc.assert(
    fc.property(
      fc.array(search, { minLength: 3, maxLength: 8 }),
      fc.array(edit, { minLength: 4, maxLength: 14 }),
      (searches, edits) => {
        const root = mkdtempSync(join(tmpdir(), 'detc-macros-'));
        try {
          cpSync(source, root, { recursive: true });
          searches.forEach((parts, index) => {
            const name = `Generated ${index}`;
            const text = [...parts, `\`generated_${index}_filter\``].join(' | ');
            const written = template
              .replace('name: Long URLs', `name: ${name}`)
              .replace(/^id: .{8}/m, `id: ${String(index).padStart(8, '0')}`)
              .replace(/^search:.*\n(?: .*\n)*/m, () => `search: ${quoted(text)}\n`);
            writeFileSync(join(root, `detections/web/generated_${index}.yml`), written);
          });
          const fileOf = (name: string): string => join(root, `macros/${name}.yml`);
          for (const name of ['first', 'third'])
            writeFileSync(fileOf(name), macroText(name, 'eval made=1', false));
          writeFileSync(fileOf('second'), macroText('second', 'convert ctime($a$)', true));
          const texts = new Map(names.map((name) => [name, readFileSync(fileOf(name), 'utf8')]));
          const cache = new ContentCache();
          let loaded = validateRepository(root, { cache, today });
          for (const { name, what, arity, prepare } of edits) {
            if (prepare) Array.from(prepareEdits(loaded, { today }));
            const file = fileOf(name);
            const definition = definitions[what];
            const isUnary = (name === 'second' || name === 'ctime') !== (arity === 0);
            if (definition !== undefined) writeFileSync(file, macroText(name, definition, isUnary));
            else if (what % 3 === 0) rmSync(file, { force: true });
            else if (what % 3 === 1) writeFileSync(file, texts.get(name)!);
            else writeFileSync(file, `${texts.get(name)!}"broken: [ ${what}\n`);
            loaded = validateRepository(root, { cache, today });
            expect(loaded.diagnostics).toEqual(validateRepository(root, { today }).diagnostics);
          }
        } finally {
          rmSync(root, { recursive: true });
        }
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 12) },
  );
}, 240_000);

/** Rules that look at more of a search than its facts or one command, with the reason; watching reads all for them. */
const byTheWhole: Readonly<Record<string, string>> = {};

it('has no rule for which watching would read every search anew', () => {
  const whole = rules.filter(
    (rule) => (rule.spl ?? rule.search) !== undefined && rule.isByCommand !== true && rule.isByFacts !== true,
  );
  expect(whole.map(({ code }) => code)).toEqual(Object.keys(byTheWhole));
});
