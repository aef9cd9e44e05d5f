// What a search computes under a name is read under the same name.
import type { Detection } from '../content/model.js';
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import type { SearchAnalysis } from '../syntax/analyse.js';
import { mayHave } from '../syntax/field-set.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unreadField = defineRule({
  code: 'unread-field',
  severity: 'warning',
  summary: 'What a search computes under a name is read under the same name.',
  source: 'Search Reference: a field that nothing has set has no value',
  docs:
    'A name that stands nowhere else in the file, in no other search and in no data model is reported where the search, ' +
    'a risk object or a message names a field that nobody sets: one of the two is misspelled. It is an error where ' +
    'they differ by a letter. A computed field that is dropped before anything reads it is mentioned.',
  examples: {
    pass: [
      {
        title: 'a computed field of the results',
        files: { [base.rba]: edit('| `rundll32', '| eval quux=1 | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'a name that is read with another spelling',
        files: { [base.rba]: edit('| `rundll32', '| eval parnt=1 | where parent=1 | `rundll32') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:14:10: nothing reads the field "parnt"'],
      },
      {
        title: 'a field that is dropped again',
        files: { [base.rba]: edit('| stats count', '| eval quux=1 | stats count') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:13:10: nothing reads the field "quux"'],
      },
    ],
  },
  search({ analysis, owner, path, locate }, report, context) {
    if (path[0] !== 'search' || analysis.diagnostics.length > 0) return;
    // A call that stayed is of another app's macro, or of one that cannot be read: nobody knows what it reads.
    if (analysis.expansion.text.includes('`')) return;
    let unset: readonly UnsetField[] | undefined;
    for (const { field, end } of analysis.setFields) {
      const { name, span } = field;
      if (!/^[\w.{}:@-]{3,}$/.test(name) || !analysis.expansion.isWritten(span.start)) continue;
      if (context.isNamedElsewhere(name) || !standsOnce(context.text(owner.file), name)) continue;
      // Of two names that stand once each, the one that is missing is told where it is read.
      unset ??= unsetFields(analysis, owner.kind === 'detection' ? owner : undefined).filter(
        (other) => !other.isMissing || context.isNamedElsewhere(other.name),
      );
      const later = unset.filter(({ at }) => at >= end);
      const meant = nearest(
        name,
        later.map((other) => other.name),
      );
      const isDropped = !mayHave(analysis.output, name);
      if (meant === undefined && !isDropped) continue;
      const { place, notes } = locate(span);
      report(place, `nothing reads the field "${name}"`, {
        help: meant === undefined ? undefined : `did you mean "${meant}"?`,
        notes,
        severity:
          owner.status === 'deprecated' || meant === undefined
            ? 'info'
            : isSlip(name, meant)
              ? 'error'
              : 'warning',
      });
    }
  },
});

/** Whether a text holds a name once as a whole word. */
function standsOnce(text: string, name: string): boolean {
  const isPart = (character: string | undefined): boolean => character !== undefined && /\w/.test(character);
  let count = 0;
  for (let at = text.indexOf(name); at >= 0 && count < 2; at = text.indexOf(name, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) count++;
  return count === 1;
}

interface UnsetField {
  readonly name: string;
  /** Offset in the expanded text at which it is read; infinite when after the search. */
  readonly at: number;
  /** The search itself reads it where no result can have it. */
  readonly isMissing?: boolean;
}

/** Names that are read though nothing sets them: by the search, and by what is made of its results. */
function unsetFields(analysis: SearchAnalysis, detection: Detection | undefined): readonly UnsetField[] {
  const { risk } = detection ?? {};
  const ofResults = [
    ...(risk?.riskObjects ?? []).map(({ field }) => field),
    ...(risk?.threatObjects ?? []).map(({ field }) => field),
    ...[...(risk?.message ?? '').matchAll(/\$([\w.]+)\$/g)].map((match) => match[1]!),
  ];
  return [
    ...analysis.missingFields
      .filter(({ asked }) => !asked)
      .map(({ name, span }) => ({ name, at: span.start, isMissing: true })),
    ...analysis.eventFields.map(({ name, span }) => ({ name, at: span.start })),
    ...ofResults
      .filter((name) => !mayHave(analysis.output, name))
      .map((name) => ({ name, at: Number.POSITIVE_INFINITY })),
  ];
}
