// A field is read where no command lets it through.
import { isLikeWords, isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const missingField = defineRule({
  code: 'missing-field',
  severity: 'warning',
  summary: 'A command reads only fields that the commands before it let through.',
  source: 'Search Reference: stats, table and fields leave no other fields',
  docs:
    'After stats, tstats, table and the like a row has the fields they name and no others. A condition on any other ' +
    'field never holds, and a column for it stays empty. It is an error where one letter makes it the name of ' +
    'a field that there is.',
  examples: {
    pass: [
      {
        title: 'a field that stats puts out',
        files: { [base.rba]: edit('| `rundll32', '| where firstTime > 0 | `rundll32') },
      },
      {
        title: 'a question whether a field is there',
        files: { [base.rba]: edit('| `rundll32', '| eval who=coalesce(user, src_user) | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'a field that stats drops',
        files: { [base.rba]: edit('| `rundll32', '| where vendor="x" | `rundll32') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:11: "where" reads field "vendor", which no result has: "stats" does not let it through',
        ],
      },
      {
        title: 'a misspelled name of which it is asked whether it is there',
        files: { [base.rba]: edit('| `rundll32', '| where isnotnull(usr) | `rundll32') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:21: "where" reads field "usr", which no result has: "stats" does not let it through',
        ],
      },
      {
        title: 'a name that differs by a letter',
        files: { [base.rba]: edit('| `rundll32', '| `ctime(firstTme)` | `rundll32') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:12: "convert" reads field "firstTme", which no result has: "stats" does not let it through',
        ],
      },
    ],
  },
  spl({ analysis, owner, locate }, report) {
    for (const { name, span, command, available, droppedBy, bareWord, asked } of analysis.missingFields) {
      if (bareWord) continue;
      const { place, notes } = locate(span);
      const reason = droppedBy === undefined ? '' : `: "${droppedBy.name}" does not let it through`;
      const near = nearest(name, available.known);
      const meant = near !== undefined && isLikeWords(name, near) ? near : undefined;
      if (asked && !isSlip(name, meant)) continue;
      const severity = owner?.status === 'deprecated' ? 'info' : isSlip(name, meant) ? 'error' : 'warning';
      report(place, `"${command.name}" reads field "${name}", which no result has${reason}`, {
        help: meant === undefined ? undefined : `did you mean "${meant}"?`,
        notes,
        severity,
      });
    }
  },
});
