// A field is read where no command lets it through.
import { isLikeWords, isSlip, nearest } from '../diagnostic/did-you-mean.js';
import type { MissingField } from '../syntax/missing-fields.js';
import { base, edit } from './example.js';
import { defineRule, type Report, type SearchText } from './rule.js';
import { standsOnce } from './word-index.js';

export const missingField = defineRule({
  code: 'missing-field',
  severity: 'warning',
  summary: 'A command reads only fields that the commands before it let through.',
  source: 'Search Reference: stats, table and fields leave no other fields',
  docs:
    'After stats, tstats, table and the like a row has the fields they name and no others. A condition on any other ' +
    'field never holds, and a column for it stays empty. It is an error where one letter makes it the name of ' +
    'a field that there is, and where its name stands only here: in no data model, macro or other search, and nowhere else in the file.',
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
  isByFacts: true,
  spl(search, report) {
    // In a repository it is known which names there are.
    if (search.owner === undefined) tellMissing(search, report, () => false);
  },
  search(search, report, context) {
    const { isWritten } = search.analysis.expansion;
    tellMissing(
      search,
      report,
      ({ name, span }) =>
        isWritten(span.start) &&
        /^\w[\w.{}:]{2,}$/.test(name) &&
        !context.isNamedElsewhere(name) &&
        standsOnce(context.text(search.owner.file), name),
    );
  },
});

/** Commands that take the fields there are of those they name. */
export const listing: ReadonlySet<string> = new Set([
  'fields',
  'table',
  'fillnull',
  'convert',
  'dedup',
  'sort',
]);

/** Tells of fields that are read where no result has them; of a name that nobody else knows it is an error. */
function tellMissing(
  { analysis, owner, locate }: SearchText,
  report: Report,
  isUnheard: (field: MissingField) => boolean,
): void {
  for (const field of analysis.missingFields) {
    const { name, span, command, available, droppedBy, bareWord, asked } = field;
    if (bareWord) continue;
    const near = nearest(name, available.known);
    const meant = near !== undefined && isLikeWords(name, near) ? near : undefined;
    const isMisspelt = isSlip(name, meant);
    const isAlone = analysis.diagnostics.length === 0 && isUnheard(field);
    if (asked && !isMisspelt && !isAlone) continue;
    // A column of nothing does no harm, and who asks whether a field is there reckons with its absence.
    const isWrong = isMisspelt || (isAlone && !asked && !listing.has(command.name));
    const { place, notes } = locate(span);
    const reason = droppedBy === undefined ? '' : `: "${droppedBy.name}" does not let it through`;
    report(place, `"${command.name}" reads field "${name}", which no result has${reason}`, {
      help: meant === undefined ? undefined : `did you mean "${meant}"?`,
      notes,
      severity: owner?.status === 'deprecated' ? 'info' : isWrong ? 'error' : 'warning',
    });
  }
}
