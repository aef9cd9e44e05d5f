// Conditions of where and eval know no wildcards.
import type { Expression } from '../syntax/tree.js';
import { walkPipeline } from '../syntax/walk.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const whereWildcard = defineRule({
  code: 'where-wildcard',
  severity: 'warning',
  summary: 'A comparison in where or eval does not compare with a text that holds "*".',
  source: 'Search Reference: where, "to use wildcards use like or match"',
  docs: 'Only the search command reads `*` as a wildcard. In where and eval it is an asterisk, and the condition never holds. The wildcards of like are `%` and `_`.',
  examples: {
    pass: [
      {
        title: 'like',
        files: { [base.rba]: edit('| `rundll32', '| where like(process_name, "run%") | `rundll32') },
      },
      {
        title: 'an asterisk alone',
        files: { [base.rba]: edit('| `rundll32', '| where process_name="*" | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'a wildcard of search in like',
        files: {
          [base.rba]: edit('| `rundll32', '| where like(process_name, "run*") OR dest LIKE "*a" | `rundll32'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:30: "*" is no wildcard of like',
          'detections/endpoint/rundll32_without_arguments.yml:14:51: "*" is no wildcard of like',
        ],
      },
      {
        title: 'a wildcard in where',
        files: { [base.rba]: edit('| `rundll32', '| where process_name="run*" | `rundll32') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:24: "*" is no wildcard in an expression',
        ],
      },
    ],
  },
  isByCommand: true,
  spl({ analysis, locate }, report) {
    const judge = (value: Expression): void => {
      if (value.kind !== 'string' || !/^\*.|.\*$/.test(value.value)) return;
      const { place, notes } = locate(value.span);
      report(place, '"*" is no wildcard in an expression', {
        help: `write like(<field>, "${value.value.replaceAll('*', '%')}")`,
        notes,
      });
    };
    const judgeLike = (pattern: Expression | undefined): void => {
      if (pattern?.kind !== 'string' || !/^\*|\*$/.test(pattern.value) || pattern.value.includes('%')) return;
      const { place, notes } = locate(pattern.span);
      report(place, '"*" is no wildcard of like', {
        help: `write "${pattern.value.replaceAll('*', '%')}"`,
        notes,
      });
    };
    walkPipeline(analysis.pipeline, {
      expression(expression) {
        if (expression.kind === 'call' && expression.name.toLowerCase() === 'like')
          judgeLike(expression.arguments[1]);
        if (expression.kind === 'binary' && expression.operator === 'LIKE') judgeLike(expression.right);
        if (expression.kind === 'in') expression.values.forEach(judge);
        if (expression.kind !== 'binary' || !equalities.has(expression.operator)) return;
        // Two texts are a comparison that the author knows the outcome of.
        if (expression.left.kind === 'string') return;
        judge(expression.right);
      },
    });
  },
});

const equalities: ReadonlySet<string> = new Set(['=', '==', '!=']);
