// A field of the events is one that others name too.
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';
import { wordsOf } from './search-words.js';

/** With fewer searches than this it means nothing that only one of them names a field. */
const manySearches = 100;

export const unknownField = defineRule({
  code: 'unknown-field',
  severity: 'warning',
  summary: 'A field that a search reads from events is named elsewhere too.',
  source: 'Search Reference: a field that no event has is no fault to Splunk; its comparisons never hold',
  docs:
    'A name that no data model, data source, macro or other search of the repository knows is reported when it differs ' +
    'by a letter from one that is known; in a repository of a hundred searches and more any such name is mentioned. It ' +
    'is an error where the search itself has the right name elsewhere.',
  examples: {
    pass: [
      { title: 'fields of the data model', files: {} },
      {
        title: 'a name that is like no other',
        files: { [base.rba]: edit('`sysmon` EventID=1', '`sysmon` EventID=1 quux=1') },
      },
    ],
    fail: [
      {
        title: 'a field of the search, misspelled in one place',
        files: { [base.rba]: edit('by dest user', 'by dest, usre, user') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:50: nothing else names the field "usre"',
        ],
      },
      {
        title: 'a default field',
        files: { [base.rba]: edit('min(_time)', 'min(_tme)') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:21: nothing else names the field "_tme"',
        ],
      },
    ],
  },
  search({ analysis, owner, path, text, locate }, report, context) {
    if (path[0] !== 'search' || analysis.diagnostics.length > 0) return;
    let own: ReadonlySet<string> | undefined;
    for (const { name, span } of analysis.eventFields) {
      if (!/^[\w.{}:@-]{3,}$/.test(name) || !/[a-z]{2}/i.test(name)) continue;
      if (!analysis.expansion.isWritten(span.start) || context.isNamedElsewhere(name)) continue;
      own ??= wordsOf(text);
      const meantHere = nearest(name, own);
      const isSlipHere = isSlip(name, meantHere) && !isPlural(name, meantHere!);
      const meant = isSlipHere ? meantHere : context.nearName(name);
      const isSlipThere = name.length > 4 || name.startsWith('_') ? isSlip(name, meant) : false;
      if (!isSlipHere && !isSlipThere && !context.hasSearches(manySearches)) continue;
      const { place, notes } = locate(span);
      report(place, `nothing else names the field "${name}"`, {
        help: meant === undefined ? undefined : `did you mean "${meant}"?`,
        notes,
        severity:
          owner.status === 'deprecated' ? 'info' : isSlipHere ? 'error' : isSlipThere ? 'warning' : 'info',
      });
    }
  },
});

/** Whether two names are one and several of the same. */
function isPlural(a: string, b: string): boolean {
  return `${a}s` === b || `${b}s` === a;
}
