// How a lookup matches is possible with its table.
import { nearest } from '../diagnostic/did-you-mean.js';
import { edit } from './example.js';
import { defineRule } from './rule.js';

export const lookupMatch = defineRule({
  code: 'lookup-match',
  severity: 'warning',
  summary: 'The columns in `match_type` are in the table, and `min_matches` is at most `max_matches`.',
  source: 'transforms.conf.spec: match_type, min_matches, max_matches',
  docs:
    'A match type for a column that is not there changes nothing: the column that was meant is compared letter by ' +
    'letter, and wildcards or networks in it match nothing. With more matches demanded than allowed, no number of ' +
    'matches is enough.',
  examples: {
    pass: [
      { title: 'a column of the table', files: {} },
      {
        title: 'a table that something has yet to fill',
        files: {
          'lookups/known_tools.yml': edit('WILDCARD(tool)', 'WILDCARD(program)'),
          'lookups/known_tools.csv': 'tool,vendor\n',
        },
      },
    ],
    fail: [
      {
        title: 'a name that differs by a letter',
        files: { 'lookups/known_tools.yml': edit('WILDCARD(tool)', 'WILDCARD(tol)') },
        found: ['lookups/known_tools.yml:9:3: lookup "known_tools" has no column "tol" to match'],
      },
      {
        title: 'a column of a list on one line',
        files: { 'lookups/old_table.yml': edit('CIDR(b)', 'CIDR(net)') },
        found: ['lookups/old_table.yml:4:13: lookup "old_table" has no column "net" to match'],
      },
      {
        title: 'more demanded than allowed',
        files: { 'lookups/known_tools.yml': edit('min_matches: 1', 'min_matches: 11') },
        found: ['lookups/known_tools.yml:10:14: min_matches 11 is above max_matches 10'],
      },
    ],
  },
  content(object, report, context) {
    if (object.kind !== 'lookup' || context.isFaulty(object.file)) return;
    const { minMatches, maxMatches, matchType, at } = object;
    if (minMatches !== undefined && maxMatches !== undefined && minMatches > maxMatches)
      report(at.value(['minMatches']), `min_matches ${minMatches} is above max_matches ${maxMatches}`);
    if (matchType.length === 0) return;
    const found = context.lookupColumns(object.name);
    if (found === undefined) return;
    const isList = Array.isArray(context.raw(object)['match_type']);
    for (const [index, written] of matchType.entries()) {
      for (const [, type] of written.matchAll(/\b(?:WILDCARD|CIDR|EXACT)\(([^()]*)\)/gi)) {
        const column = type?.trim().replace(/^"(.*)"$/, '$1') ?? '';
        if (column === '' || found.names.includes(column) || column === '_key') continue;
        const meant = nearest(column, found.names);
        report(
          at.value(isList ? ['matchType', index] : ['matchType']),
          `lookup "${object.name}" has no column "${column}" to match`,
          {
            help: meant === undefined ? undefined : `did you mean "${meant}"?`,
          },
        );
      }
    }
  },
});
