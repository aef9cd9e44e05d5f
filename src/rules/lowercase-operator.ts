// AND, OR and NOT are written in capitals where the search command reads them.
import { walkPipeline } from '../syntax/walk.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const lowercaseOperator = defineRule({
  code: 'lowercase-operator',
  severity: 'warning',
  summary: 'AND, OR and NOT of a search expression are written in capitals.',
  source: 'Search Reference: search, "Boolean operators must be capitalized"',
  docs: 'In small letters they are words that the raw event must contain.',
  examples: {
    pass: [
      {
        title: 'small letters in an expression',
        files: { [base.rba]: edit('| `rundll32', '| where dest=user or user="a" | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'an "or" in a search',
        files: { [base.rba]: edit('EventID=1', '(EventID=1 or EventID=2)') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:12:30: "or" is searched for as a word'],
      },
    ],
  },
  isByCommand: true,
  spl({ analysis, locate }, report) {
    walkPipeline(analysis.pipeline, {
      search(expression) {
        if (expression.kind !== 'term' || expression.value.quoted) return;
        const { text } = expression.value;
        if (!/^(?:and|or|not)$/i.test(text)) return;
        const { place, notes } = locate(expression.span);
        report(place, `"${text}" is searched for as a word`, { help: `write ${text.toUpperCase()}`, notes });
      },
    });
  },
});
