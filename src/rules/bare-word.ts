// What is compared with a field is meant to be one.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';
import { isModelField } from './search-words.js';

export const bareWord = defineRule({
  code: 'bare-word',
  severity: 'warning',
  summary: 'A word without quotes on the right of a comparison in where or eval is a field.',
  source: 'Search Reference: where, "unquoted or single-quoted strings are fields"',
  docs:
    'In where and eval a word without quotes is the name of a field, unlike in search. A field that no result has ' +
    'has no value, and the comparison never holds. Put texts into double quotes. Where any field may be there, it is ' +
    'reported when it is a plain word that no data model, no data source and nothing else in the search has for a field.',
  examples: {
    pass: [
      {
        title: 'a comparison of two fields of the events',
        files: { [base.rba]: edit('| stats count', '| where dest=host OR user=srcUser | stats count') },
      },
      {
        title: 'a comparison of two fields',
        files: { [base.rba]: edit('| `rundll32', '| where dest=user | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'a word that was meant to be a text',
        files: { [base.rba]: edit('| `rundll32', '| where user=Administrator | `rundll32') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:16: "Administrator" without quotes is a field, which no result has',
        ],
      },
      {
        title: 'such a word where any field may be',
        files: {
          [base.rba]: edit('| stats count', '| where user=Administrator OR day=Sunday | stats count'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:16: "Administrator" without quotes is a field, which nothing else names',
          'detections/endpoint/rundll32_without_arguments.yml:13:37: "Sunday" without quotes is a field, which nothing else names',
        ],
      },
    ],
  },
  isByFacts: true,
  spl({ analysis, locate }, report) {
    for (const { name, span, bareWord: isBare, asked } of analysis.missingFields) {
      if (asked) continue;
      if (!isBare) continue;
      const { place, notes } = locate(span);
      report(place, `"${name}" without quotes is a field, which no result has`, {
        help: `write "${name}" in double quotes`,
        notes,
      });
    }
  },
  search({ analysis, locate }, report, { repository }) {
    for (const { name, span, bareWord: isBare } of analysis.eventFields) {
      if (!isBare || !/^[A-Za-z]?[a-z]{2,}$/.test(name)) continue;
      if (isModelField(name) || analysis.setFields.some(({ field }) => field.name === name)) continue;
      if (analysis.eventFields.some((other) => other.name === name && !other.bareWord)) continue;
      if (repository.dataSources.some(({ fields }) => fields.includes(name))) continue;
      const { place, notes } = locate(span);
      report(place, `"${name}" without quotes is a field, which nothing else names`, {
        help: `write "${name}" in double quotes`,
        notes,
      });
    }
  },
});
