// Every detection ends in its own filter macro.
import type { Detection } from '../content/model.js';
import { stemFor } from './context.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';
import { Unique } from './unique.js';

const unique = new Unique();

export const filterMacro = defineRule({
  code: 'filter-macro',
  severity: 'error',
  summary:
    'The search of a detection calls the macro `<file name>_filter`, which is that of no other detection.',
  source: 'contentctl: every search holds its filter macro; here it must be called, not only written',
  docs:
    'The build defines the macro as `search *`. Customers tune a detection in its filter macro, and keep what they ' +
    'wrote when the detection is updated. Two detections whose files are called the same, in different folders, would ' +
    'share one macro: what is tuned away in one is lost in the other.',
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
  repository(repository, report) {
    if (unique.holds(repository.detections.map(({ stem }) => stem))) return;
    const first = new Map<string, Detection>();
    for (const detection of repository.detections) {
      const { stem, at, name } = detection;
      const earlier = first.get(stem);
      if (earlier === undefined) first.set(stem, detection);
      // What has the same name is told as that.
      else if (earlier.name !== name && name !== '') {
        report(at.value(['name']), `filter macro "${stem}_filter" is already that of ${earlier.file}`, {
          notes: [{ message: `"${earlier.name}" has it too`, place: earlier.at.value(['name']) }],
          ...([earlier, detection].some(isOlder) ? { severity: 'warning' as const } : {}),
        });
      }
    }
  },
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
    const older = isOlder(owner) || text.includes(wanted);
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

function isOlder({ dialect, status }: Detection): boolean {
  return dialect === '2022' || status === 'deprecated';
}
