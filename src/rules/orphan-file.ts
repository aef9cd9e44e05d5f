// Every file in lookups/ belongs to a lookup.
import { nearest } from '../diagnostic/did-you-mean.js';
import { defineRule } from './rule.js';

export const orphanFile = defineRule({
  code: 'orphan-file',
  severity: 'error',
  summary:
    'Files in lookups/ are lookups (.yml), tables (.csv) or models (.mlmodel), and each table belongs to a lookup.',
  source: 'contentctl 5.6: no other files in lookups/, no csv or mlmodel without a lookup',
  docs: 'A table that no lookup names is not in the app. Add the lookup or delete the table.',
  examples: {
    pass: [{ title: 'a hidden file', files: { 'lookups/.gitkeep': '' } }],
    fail: [
      {
        title: 'a table that is left over',
        files: { 'lookups/older_table.csv': 'a\n1\n' },
        found: ['lookups/older_table.csv:1:1: no lookup uses "older_table.csv"'],
      },
      {
        title: 'a note',
        files: { 'lookups/notes.txt': 'x' },
        found: ['lookups/notes.txt:1:1: "notes.txt" is no lookup, table or model'],
      },
    ],
  },
  repository(repository, report, context) {
    const used = new Set(repository.lookups.map((lookup) => lookup.filename));
    // A lookup that misses its table explains the table that is left over.
    const astray = repository.lookups.filter((l) => l.filename !== undefined && !context.hasFile(l.filename));
    const missing = new Set(astray.map((l) => l.stem));
    const tables = astray.map(({ filename = '' }) => filename);
    // A file that nobody can read may have named a table that is called much like it.
    const unread = [...context.unreadableStems('lookup')];
    const isLike = (stem: string): boolean =>
      unread.some((other) => stem.length > 3 && (other.startsWith(stem) || stem.startsWith(other)));
    // The bytes, for a file that is no text has nothing else.
    const latin1 = (file: string): string => Buffer.from(context.readFile(file) ?? []).toString('latin1');
    const faulty = context.faultyFiles.filter((file) => file.startsWith('lookups/')).map(latin1);
    for (const file of context.otherFiles) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      if (!file.startsWith('lookups/') || name.startsWith('.')) continue;
      const place = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
      if (!/\.(?:csv|mlmodel)$/i.test(name)) {
        report(place, `"${name}" is no lookup, table or model`, { severity: 'warning' });
      } else if (
        !used.has(file) &&
        !missing.has(name.replace(/\.\w+$/, '')) &&
        !context.isUnreadable('lookup', name.replace(/\.\w+$/, '')) &&
        !isLike(name.replace(/\.\w+$/, '').toLowerCase()) &&
        nearest(file, tables) === undefined &&
        !faulty.some((text) => text.includes(name))
      ) {
        report(place, `no lookup uses "${name}"`, { severity: 'warning' });
      }
    }
  },
});
