// What a search computes under a name is read under the same name.

import type { Severity } from '../diagnostic/diagnostic.js';
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { matchesWildcard, mayHave } from '../syntax/field-set.js';
import { everything } from '../syntax/set-fields.js';
import type { FieldName } from '../syntax/tree.js';
import { base, edit } from './example.js';
import { contains, isMisspelt, isOdder } from './like-names.js';
import { listing } from './missing-field.js';
import { isOfCommonWords, partsOf } from './name-words.js';
import { defineRule } from './rule.js';
import { droppedBy, type UnsetField, unsetFields } from './unset-fields.js';
import { standsOnce } from './word-index.js';

export const unreadField = defineRule({
  code: 'unread-field',
  severity: 'warning',
  summary: 'What a search computes under a name is read under the same name.',
  source: 'Search Reference: a field that nothing has set has no value',
  docs:
    'A name that stands nowhere else in the file, in no other search and in no data model is reported where the search, ' +
    'a risk object or a message names a field that nobody sets: one of the two is misspelled. It is an error where ' +
    'they differ by a letter. A computed field that is dropped before anything reads it is reported too.',
  examples: {
    pass: [
      {
        title: 'a computed field of the results',
        files: { [base.rba]: edit('| `rundll32', '| eval quux=1 | `rundll32') },
      },
      {
        title: 'names that are read by wildcard',
        files: {
          [base.rba]: edit(
            '| stats count',
            '| eval quux_score=1 | addtotals *_score | foreach *_score [eval total=total+1] | stats max(*_score) count',
          ),
        },
      },
      {
        title: 'a field that is dropped behind a command that writes all there are',
        files: {
          [base.rba]: edit('| stats count', '| eval quux=1 | outputlookup append=t seen.csv | stats count'),
        },
      },
      {
        title: 'a field that is dropped behind a command that adds up all there are',
        files: { [base.rba]: edit('| stats count', '| eval quux=1 | addtotals | stats count') },
      },
      {
        title: 'a name that a search of map is given',
        files: {
          [base.rba]: edit(
            '| stats count',
            '| eval quux=1 | map search="search a=$quux$ | fields dest user process_name" | stats count',
          ),
        },
      },
      {
        title: 'names that are exchanged by wildcard',
        files: {
          [base.rba]: edit(
            '| stats count',
            '| eval quux_a=1 | rename quux_* AS zed_* | stats max(zed_a) count',
          ),
        },
      },
      {
        title: 'names that a template makes up',
        files: {
          [base.rba]: edit(
            '| stats count',
            "| eval quux=1 | foreach stdev_* [eval n=n+''<<MATCHSTR>>''] | stats count",
          ),
        },
      },
    ],
    fail: [
      {
        title: 'a name that is read with another spelling',
        files: { [base.rba]: edit('| `rundll32', '| eval parnt=1 | where parent=1 | `rundll32') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:14:10: nothing reads the field "parnt"'],
      },
      {
        title: 'a name that lacks a letter with which it is read, where no other can be',
        files: {
          [base.rba]: edit(
            '| `rundll32',
            '| eventstats sum(count) as quuxTotl | where quuxTotal>1 | `rundll32',
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:30: nothing reads the field "quuxTotl"',
        ],
      },
      {
        title: 'a field that is kept under a name without one of its letters, and listed',
        files: {
          [base.rba]: edit(
            'by dest user process_name',
            'by dest user quuxNme process_name | fields *Time dest user quuxName',
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:54: nothing reads the field "quuxNme"',
        ],
      },
      {
        title: 'two halves that fit: a name that is set but not read, and one that is read but not set',
        files: {
          [base.rba]: edit('| `rundll32', '| eval zq9=1 | where process_score=1 | `rundll32'),
        },
        found: ['detections/endpoint/rundll32_without_arguments.yml:14:10: nothing reads the field "zq9"'],
      },
      {
        title: 'a field that is kept under another name than what reads it',
        files: { [base.rba]: edit('by dest user', 'by dest_renamed user') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:44: nothing reads the field "dest_renamed"',
        ],
      },
      {
        title: 'a field that is dropped again, behind a comment with a call',
        files: { [base.rba]: edit('| stats count', '| eval quux=1 ``` see `sysmon` ``` | stats count') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:13:10: nothing reads the field "quux"'],
      },
      {
        title: 'a field that is dropped again',
        files: { [base.rba]: edit('| stats count', '| eval quux=1 | stats count') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:13:10: nothing reads the field "quux"'],
      },
    ],
  },
  isByFacts: true,
  search({ analysis, owner, path, text, locate }, report, context) {
    if (path[0] !== 'search' || analysis.diagnostics.length > 0) return;
    // A call that stayed is of another app's macro, or of one that cannot be read: nobody knows what it reads.
    if (analysis.expansion.hasCalls) return;
    const detection = owner.kind === 'detection' ? owner : undefined;
    // Asked for only where a name is odd: what is found in most searches does not depend on it.
    const fileText = (): string => context.text(owner.file);
    const standsAlone = (name: string): boolean => standsOnce(fileText(), name);
    const { isWritten } = analysis.expansion;
    const isAlone = ({ name, span }: FieldName): boolean =>
      /^[\w.{}:@-]{3,}$/.test(name) &&
      !context.isNamedElsewhere(name) &&
      isWritten(span.start) &&
      standsAlone(name);
    let unset: readonly UnsetField[] | undefined;
    const allUnset = (): readonly UnsetField[] => {
      unset ??= unsetFields(analysis, detection);
      return unset;
    };
    /** Whether a missing name stands once too, which is told where it stands, unless the other half is the odd one. */
    const isToldThere = ({ name, isMissing }: UnsetField, isOdd = false): boolean =>
      isMissing === true &&
      !context.isNamedElsewhere(name) &&
      standsAlone(name) &&
      !(isOdd && context.isFamiliar(name));
    /** Whether what is read, alike but for a slip, is told where it is read: it is the odd one of the two. */
    const isReaderTold = (field: string, other: UnsetField, isOdd: boolean): boolean => {
      const { name } = other;
      if (!isSlip(name, field) && !contains(name, field)) return isToldThere(other, isOdd);
      if (context.isNamedElsewhere(name) || !standsAlone(name)) return false;
      return isOdder(name, field, text) ?? isToldThere(other, isOdd);
    };
    const tell = (
      { name, span }: FieldName,
      { near, other }: { near?: string | undefined; other?: string | undefined },
      severity: Severity,
    ): void => {
      const { place, notes } = locate(span);
      report(place, `nothing reads the field "${name}"`, {
        help:
          near !== undefined
            ? `did you mean "${near}"?`
            : other === undefined
              ? undefined
              : `"${other}" is read behind it, and nothing sets that`,
        notes,
        severity: owner.status === 'deprecated' ? 'info' : severity,
      });
    };
    let named: ReadonlySet<string> | undefined;
    /** The name of another field of the search that a name is one letter away from. */
    const misspeltOf = (name: string): string | undefined => {
      named ??= new Set([
        ...analysis.eventFields.filter(({ bareWord }) => !bareWord).map((field) => field.name),
        ...namesSet,
      ]);
      const near = nearest(name, named);
      return near !== undefined && isMisspelt(name, near) && !standsAlone(near) ? near : undefined;
    };
    /** Whether a field that is set can only have been meant for one that is read: the like of it, or another one. */
    const isSure = (
      name: string,
      near: string | undefined,
      other: UnsetField | undefined,
      isOdd: boolean,
    ): boolean => {
      if (near !== undefined)
        return isSlip(name, near) || (contains(name, near) && !context.isNamedElsewhere(near));
      if (other === undefined) return false;
      const isStrange = isOdd ? context.isFamiliar(other.name) : isStranger(name, other.name);
      if (isStrange && !listing.has(other.reader?.name ?? '')) return true;
      return isToldThere(other)
        ? !isOfWords(name, fileText()) && isOfWords(other.name, fileText())
        : !context.isNamedElsewhere(other.name);
    };
    const reads = analysis.wildcardsRead.filter((pattern) => pattern !== everything);
    const isAllRead = reads.length < analysis.wildcardsRead.length;
    const namesSet = analysis.setFields.map(({ field }) => field.name);
    const claims: Claim[] = [];
    for (const { field, by, end } of analysis.setFields) {
      if (!isAlone(field) || reads.some((pattern) => matchesWildcard(field.name, pattern))) continue;
      const later = allUnset().filter(({ at }) => at >= end);
      const isOdd = !context.isFamiliar(field.name);
      const near =
        likeName(
          field.name,
          later.filter((other) => !isReaderTold(field.name, other, isOdd)).map(({ name }) => name),
        ) ?? misspeltOf(field.name);
      // That a column is missed says little, for many are named that never were.
      const missed = later.find(
        ({ name, isMissing, reader }) =>
          isMissing &&
          ((isOdd && !name.startsWith('_') && reader?.name !== 'convert') ||
            (!listing.has(reader?.name ?? '') && likeName(name, namesSet) === undefined)),
      );
      // What the results have is read by people.
      const isShown = mayHave(analysis.output, field.name) || isAllRead;
      const other = isShown && by !== 'eval' ? undefined : missed;
      if (near === undefined && other === undefined && isShown) continue;
      const isWrong = isSure(field.name, near, other, isOdd);
      claims.push({ field, near, other: other?.name, isWrong, isShown });
    }
    for (const kept of analysis.keptFields) {
      const { field } = kept;
      if (!isAlone(field)) continue;
      const isOdd = !context.isFamiliar(field.name);
      const isAlike = ({ name }: UnsetField): boolean =>
        isSlip(field.name, name) || contains(field.name, name);
      const dropped = droppedBy(kept, allUnset(), isAlike).filter(
        (other) => !isReaderTold(field.name, other, isOdd),
      );
      const names = dropped.map(({ name }) => name);
      const near = likeName(field.name, names);
      const isWrong =
        near === undefined
          ? isOdd &&
            dropped.some(({ at, name }) => at === Number.POSITIVE_INFINITY && context.isFamiliar(name))
          : isSlip(field.name, near) || contains(field.name, near);
      // What the results have is read by people.
      const isShown = mayHave(analysis.output, field.name) && isOfWords(field.name, fileText());
      const other = near ?? (isShown ? undefined : names[0]);
      if (other !== undefined) claims.push({ field, near, other, isWrong, isShown: true });
    }
    // Of several that fit one name which is missed, the likest or the oddest was meant for it.
    const taken = new Set(claims.flatMap(({ near }) => near ?? []));
    const byLikeness = [...claims].sort((a, b) => rankOf(a) - rankOf(b));
    for (const { field, near, other, isWrong, isShown } of byLikeness) {
      const isTaken = near === undefined && other !== undefined && taken.has(other);
      if (other !== undefined) taken.add(other);
      if (!isTaken) tell(field, { near, other }, isWrong ? 'error' : 'warning');
      else if (!isShown) tell(field, {}, 'warning');
    }
  },
});

/** A field that may have been meant where another is read. */
interface Claim {
  readonly field: FieldName;
  /** The other, where it is alike. */
  readonly near: string | undefined;
  readonly other: string | undefined;
  readonly isWrong: boolean;
  /** That nothing else reads it is no fault. */
  readonly isShown: boolean;
}

/** Whether a name is made of no words and another of words, so that it is the first that is out of place. */
const isStranger = (name: string, other: string): boolean => !isOfCommonWords(name) && isOfCommonWords(other);

const rankOf = ({ field, near }: Claim): number =>
  near !== undefined ? 0 : isOfCommonWords(field.name) ? 2 : 1;

/**
 * Whether a name is made of words that its file has elsewhere too. Of two names that stand once each, of which one is
 * set and the other is read, this tells which one is out of place.
 */
function isOfWords(name: string, fileText: string): boolean {
  const words = partsOf(name).filter(({ length }) => length > 2);
  const text = fileText.toLowerCase();
  return (
    words.length > 0 &&
    words.every((word) => text.indexOf(word.toLowerCase()) !== text.lastIndexOf(word.toLowerCase()))
  );
}

/** Of some names the one that a field has with letters wrong or with more or less at an end. */
const likeName = (name: string, others: readonly string[]): string | undefined =>
  others.find((other) => contains(name, other)) ?? nearest(name, others);
