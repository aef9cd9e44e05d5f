// A lookup is asked for columns that its table has.
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { isUncertain } from '../syntax/field-set.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownColumn = defineRule({
  code: 'unknown-column',
  severity: 'error',
  summary: 'Columns of a lookup that a search names are in its table.',
  source: 'Search Reference: lookup; Splunk ends the search where a field is not in the lookup table',
  docs:
    'Splunk does not run a search that names a column which the table lacks. A table without rows is not held to it, nor ' +
    'one that the search itself fills. For a collection, whose definition may list less than it holds, and in older ' +
    'files it is a warning.',
  examples: {
    pass: [
      {
        title: 'a column of the table',
        files: {
          [base.rba]: edit('| `rundll32', '| lookup seen name as dest OUTPUT owner | `rundll32'),
          ...seen(),
        },
      },
      {
        title: 'a table that something has yet to fill',
        files: {
          [base.rba]: edit('| `rundll32', '| lookup seen nme as dest OUTPUT owner | `rundll32'),
          ...seen('name,owner\n'),
        },
      },
    ],
    fail: [
      {
        title: 'a name that differs by a letter',
        files: {
          [base.rba]: edit('| `rundll32', '| lookup seen nme as dest OUTPUT owner | `rundll32'),
          ...seen(),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:17: lookup "seen" has no column "nme"',
        ],
      },
    ],
  },
  isByFacts: true,
  search({ analysis, locate, owner }, report, { lookupColumns }) {
    // Tools of the older dialects looked for few of the lookups that a search calls.
    const isRecent = owner.dialect !== '2022' && owner.dialect !== '4.x' && owner.status !== 'deprecated';
    const written = new Set(analysis.lookups.filter((use) => use.writes).map((use) => use.name));
    for (const { name, writes, columns } of analysis.lookups) {
      if (writes || columns.length === 0 || isUncertain(name) || written.has(name)) continue;
      const found = lookupColumns(name);
      if (found === undefined) continue;
      const { names: known } = found;
      // A collection may hold more than its definition lists.
      const isCertain = isRecent && found.isTable;
      for (const column of columns) {
        // The key of a collection is a column that its definition need not list.
        if (known.includes(column.name) || column.name === '_key' || isUncertain(column.name)) continue;
        const { place, notes } = locate(column.span);
        const meant = nearest(column.name, known);
        report(place, `lookup "${name}" has no column "${column.name}"`, {
          help: meant === undefined ? undefined : `did you mean "${meant}"?`,
          notes,
          ...(isCertain || isSlip(column.name, meant) ? {} : { severity: 'warning' as const }),
        });
      }
    }
  },
});

function seen(table = 'name,owner\nweb1,ann\n'): Record<string, string> {
  return {
    'lookups/seen.yml': 'name: seen\ndescription: Hosts that were seen.\nfilename: seen.csv\n',
    'lookups/seen.csv': table,
  };
}
