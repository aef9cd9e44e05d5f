// Where events lie is said by a macro.

import { walkPipeline } from '../syntax/walk.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const hardcodedIndex = defineRule({
  code: 'hardcoded-index',
  severity: 'warning',
  summary: 'A search names no index of its own: macros say where events lie.',
  source: 'Splunk security content: input macros',
  docs: 'Names of indexes differ from customer to customer. Put the condition into a macro, which they can change.',
  examples: {
    pass: [
      { title: 'a macro', files: {} },
      { title: 'an internal index', files: { [base.rba]: edit("'`sysmon`", "'index=_audit `sysmon`") } },
    ],
    fail: [
      {
        title: 'an index in the search',
        files: { [base.rba]: edit("'`sysmon`", "'index=windows `sysmon`") },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:12:10: index "windows" is written into the search',
        ],
      },
    ],
  },
  isByCommand: true,
  search({ analysis, locate, path }, report) {
    if (path[0] === 'drilldowns') return;
    walkPipeline(analysis.pipeline, {
      search(expression) {
        if (expression.kind !== 'comparison' || expression.field.name !== 'index') return;
        const { text } = expression.value;
        if (expression.operator !== '=' || text.startsWith('_') || common.has(text)) return;
        // An index in a macro is where it belongs.
        if (!analysis.expansion.isWritten(expression.span.start)) return;
        report(locate(expression.span).place, `index "${text}" is written into the search`);
      },
    });
  },
});

// Indexes that Splunk's own apps make under these names everywhere.
const common: ReadonlySet<string> = new Set([
  '*',
  '',
  'notable',
  'risk',
  'threat_activity',
  'ioc',
  'cim_modactions',
]);
