import { unknownLookup } from '../content/known-lookups.js';
import { isUncertain } from '../syntax/field-set.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownLookupRule = defineRule({
  code: 'unknown-lookup',
  severity: 'error',
  summary: 'Every lookup that a search reads is defined in the repository or by a known app.',
  source: 'Search Reference: lookup, inputlookup',
  docs: 'Splunk refuses a search that names a lookup which no app on the search head defines. Add it under lookups/.',
  examples: {
    pass: [
      {
        title: 'a lookup by the name of its file',
        files: { [base.rba]: edit('| `rundll32', '| append [inputlookup known_tools.csv] | `rundll32') },
      },
      {
        title: 'a lookup that the search writes itself',
        files: {
          [base.rba]: edit('| `rundll32', '| outputlookup seen_hosts | lookup seen_hosts dest | `rundll32'),
        },
      },
      {
        title: 'a lookup of Enterprise Security',
        files: { [base.rba]: edit('| `rundll32', '| lookup asset_lookup_by_str key as dest | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'a name that differs by a letter',
        files: { [base.rba]: edit('lookup known_tools', 'lookup known_tool') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:12:64: unknown lookup "known_tool"'],
      },
    ],
  },
  isByFacts: true,
  search({ analysis, locate, owner }, report, context) {
    const written = new Set(analysis.lookups.filter((use) => use.writes).map((use) => use.name));
    for (const { name, span, writes } of analysis.lookups) {
      if (writes || isUncertain(name) || written.has(name)) continue;
      const fault = unknownLookup(name, context, owner.dialect);
      // A definition with errors explains why its name is not known.
      if (fault === undefined || context.isUnreadable('lookup', name.replace(/\.\w+$/, ''))) continue;
      const { place, notes } = locate(span);
      report(place, fault.message, {
        help: fault.help,
        notes,
        ...(fault.severity === 'warning' ? { severity: fault.severity } : {}),
      });
    }
  },
});
