// What is compared with a field is meant to be one.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const bareWord = defineRule({
  code: 'bare-word',
  severity: 'warning',
  summary: 'A word without quotes on the right of a comparison in where or eval is a field.',
  source: 'Search Reference: where, "unquoted or single-quoted strings are fields"',
  docs:
    'In where and eval a word without quotes is the name of a field, unlike in search. A field that no result has ' +
    'has no value, and the comparison never holds. Put texts into double quotes.',
  examples: {
    pass: [
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
});
