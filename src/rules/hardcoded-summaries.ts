// Whether only summaries are searched is said by a macro.

import { walkPipeline } from '../syntax/walk.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const hardcodedSummaries = defineRule({
  code: 'hardcoded-summaries',
  severity: 'warning',
  summary: 'A search does not fix the option summariesonly of tstats.',
  source: 'Search Reference: tstats, summariesonly; Splunk security content: security_content_summariesonly',
  docs:
    "Whether data models are accelerated, and whether late events matter more than speed, is the customer's " +
    'decision. A macro that holds the option leaves it to them.',
  examples: {
    pass: [{ title: 'no option', files: {} }],
    fail: [
      {
        title: 'an option in the search',
        files: { [base.oldest]: edit('| tstats count', '| tstats summariesonly=t count') },
        found: ['detections/web/long_urls.yml:10:19: "summariesonly=t" is written into the search'],
      },
    ],
  },
  isByCommand: true,
  search({ analysis, locate }, report) {
    walkPipeline(analysis.pipeline, {
      command(command) {
        if (command.name !== 'tstats' || command.arguments === undefined) return;
        const { options } = command.arguments as { readonly options: { readonly summariesonly?: boolean } };
        if (options.summariesonly === undefined) return;
        const written = analysis.expansion.text.slice(command.span.start, command.span.end);
        const placeOf = ({ index }: RegExpExecArray): number => command.span.start + index;
        const found = [...written.matchAll(/summariesonly\s*=\s*\S+/gi)].find((match) =>
          analysis.expansion.isWritten(placeOf(match)),
        );
        if (found === undefined) return;
        const start = placeOf(found);
        const { place } = locate({ start, end: start + found[0].length });
        report(place, `"${found[0]}" is written into the search`);
      },
    });
  },
});
