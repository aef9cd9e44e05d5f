// Every detection ends in its own filter macro.
import { stemFor } from './context.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const filterMacro = defineRule({
  code: 'filter-macro',
  severity: 'error',
  summary: 'The search of a detection calls the macro `<file name>_filter`.',
  source: 'contentctl: every search holds its filter macro; here it must be called, not only written',
  docs:
    'The build defines the macro as `search *`. Customers tune a detection in its filter macro, and keep what they ' +
    'wrote when the detection is updated.',
  examples: {
    pass: [{ title: 'a filter at the end', files: {} }],
    fail: [
      {
        title: 'no filter',
        files: { [base.rba]: edit("\n  | `rundll32_without_arguments_filter`'", "'") },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:65: the search does not call its filter macro "rundll32_without_arguments_filter"',
        ],
      },
      {
        title: 'the filter of another detection',
        files: { [base.rba]: edit('`rundll32_without_arguments_filter`', '`long_urls_filter`') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:22: the search does not call its filter macro "rundll32_without_arguments_filter"',
        ],
      },
    ],
  },
  isByFacts: true,
  search({ analysis, owner, path, text, at }, report) {
    if (owner.kind !== 'detection' || path[0] !== 'search') return;
    const wanted = `${owner.stem}_filter`;
    const byName = `${stemFor(owner.name)}_filter`;
    const called = analysis.macros.some(({ name }) => name === wanted || name === byName);
    if (called) return;
    // What another rule says of a misspelled call is enough.
    if (
      analysis.diagnostics.some(({ code, message }) => code === 'unknown-macro' && /_filter"$/.test(message))
    )
      return;
    const end = text.trimEnd().length;
    const older = owner.dialect === '2022' || owner.status === 'deprecated' || text.includes(wanted);
    report(
      at({ start: Math.max(0, end - 1), end }),
      `the search does not call its filter macro "${wanted}"`,
      {
        help: `end the search with | \`${wanted}\``,
        ...(older ? { severity: 'warning' as const } : {}),
      },
    );
  },
});
