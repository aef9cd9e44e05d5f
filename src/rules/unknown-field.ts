// A field of the events is one that others name too.
import { nearest } from '../diagnostic/did-you-mean.js';
import type { EventField } from '../syntax/missing-fields.js';
import { base, edit } from './example.js';
import { isMisspelt } from './like-names.js';
import { defineRule } from './rule.js';
import { droppedBy, unsetFields } from './unset-fields.js';
import { standsOnce, wordsOf } from './word-index.js';

export const unknownField = defineRule({
  code: 'unknown-field',
  severity: 'warning',
  summary: 'A field that a search reads from events is named elsewhere too.',
  source: 'Search Reference: a field that no event has is no fault to Splunk; its comparisons never hold',
  docs:
    'A name that no data model, data source, macro or other search of the repository knows is reported when it differs ' +
    'by a letter from one that is known: vendors have many more fields than anyone knows, so that a name alone means ' +
    'nothing. It is an error where the search itself has the right name elsewhere. In a repository of a hundred searches ' +
    'or more a name is also reported that has a word which no other field has, if it is the only one of its search.',
  examples: {
    pass: [
      { title: 'fields of the data model', files: {} },
      {
        title: 'a name that is like no other',
        files: { [base.rba]: edit('`sysmon` EventID=1', '`sysmon` EventID=1 quux=1') },
      },
      {
        title: 'names of other products, written in their own way',
        files: {
          [base.rba]: edit(
            '`sysmon` EventID=1',
            '`sysmon` EventID=1 duser=* usr=* dst_ip=* parentimage=* cidr.block=1',
          ),
        },
      },
      {
        title: 'a field of the events that another is made of',
        files: {
          [base.rba]: edit('| stats count', '| eval quuxDelta=quuxDlta | where quuxDelta>0 | stats count'),
        },
      },
      {
        title: 'a field of the events that is renamed',
        files: {
          [base.rba]: edit('`sysmon` EventID=1', '`sysmon` | rename ussr as user | search EventID=1'),
        },
      },
    ],
    fail: [
      {
        title: 'a field of the search, misspelled in one place',
        files: { [base.rba]: edit('by dest user', 'by dest, usre, user') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:50: nothing else names the field "usre"',
        ],
      },
      {
        title: 'a field that a command before made, misspelled where it is read',
        files: {
          [base.rba]: edit(
            '| stats count',
            '| eval quuxDelta=1 | where quuxDelta>0 OR quuxDlta<9 | stats count',
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:45: nothing else names the field "quuxDlta"',
        ],
      },
      {
        title: 'the rarer of two spellings that nobody else knows',
        files: {
          [base.rba]: edit(
            '`sysmon` EventID=1',
            '`sysmon` EventID=1 callerAddress=a callerAddress=b OR callerAdress=c',
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:12:64: nothing else names the field "callerAdress"',
        ],
      },
      {
        title: 'a default field',
        files: { [base.rba]: edit('min(_time)', 'min(_tme)') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:21: nothing else names the field "_tme"',
        ],
      },
    ],
  },
  isByFacts: true,
  search({ analysis, owner, path, text, locate }, report, context) {
    if (path[0] !== 'search' || analysis.diagnostics.length > 0) return;
    let own: ReadonlySet<string> | undefined;
    let made: ReadonlySet<string> | undefined;
    const odd: EventField[] = [];
    for (const { name, span, bareWord } of analysis.eventFields) {
      if (bareWord) continue;
      if (!isFieldName(name)) continue;
      if (!analysis.expansion.isWritten(span.start) || context.isNamedElsewhere(name)) continue;
      own ??= wordsOf(text);
      made ??= new Set(analysis.setFields.map(({ field }) => field.name));
      const here = nearest(name, own);
      // What a search makes itself it may make of a field whose name is nearly the same, but not what it made before.
      const mayBeMadeOf = (one: string): boolean =>
        made?.has(one) === true &&
        !analysis.setFields.some(({ field, end }) => field.name === one && end <= span.start);
      const isSlipHere = here !== undefined && !mayBeMadeOf(here) && isMisspelt(name, here);
      // Of two that nobody else knows, the one that stands here more often is the right one.
      if (isSlipHere && !context.isNamedElsewhere(here) && !isRarer(name, here, text)) continue;
      const meant = isSlipHere ? here : context.nearName(name);
      if (!isSlipHere && (meant === undefined || made.has(meant) || !isMisspelt(name, meant))) {
        if (!context.isFamiliar(name) && standsOnce(context.text(owner.file), name)) odd.push({ name, span });
        continue;
      }
      const { place, notes } = locate(span);
      report(place, `nothing else names the field "${name}"`, {
        help: `did you mean "${meant}"?`,
        notes,
        severity: owner.status === 'deprecated' ? 'info' : isSlipHere ? 'error' : 'warning',
      });
    }
    // Who reads several such names reads a product that no other search does.
    const [{ name, span } = { name: '', span: undefined }, ...more] = odd;
    if (span === undefined || more.length > 0) return;
    // A name that only a file which can't be read may hold is no less odd for that.
    const isOddToo = ({ name: other, bareWord }: EventField): boolean =>
      !bareWord && isFieldName(other) && !context.isFamiliar(other);
    if (analysis.eventFields.some((other) => other.name !== name && isOddToo(other))) return;
    const kept = analysis.keptFields.find(({ field }) => field.span.start === span.start);
    const detection = owner.kind === 'detection' ? owner : undefined;
    // What is read in its stead is told with it by unread-field.
    if (kept !== undefined && droppedBy(kept, unsetFields(analysis, detection)).length > 0) return;
    const { place, notes } = locate(span);
    const meant = context.nearName(name) ?? knownPart(name, (part) => context.isNamedElsewhere(part));
    report(place, `nothing else names the field "${name}", nor any field a word of it`, {
      help: meant === undefined ? undefined : `did you mean "${meant}"?`,
      notes,
      severity: owner.status === 'deprecated' ? 'info' : 'warning',
    });
  },
});

/** Whether a name has enough letters to be judged by them. */
function isFieldName(name: string): boolean {
  return /^[\w.{}:@-]{3,}$/.test(name) && /[a-z]{2}/i.test(name);
}

/** What stands before the last mark of a name, or behind the first, if it is known. */
function knownPart(name: string, isKnown: (part: string) => boolean): string | undefined {
  const before = /^(\w{3,})_[^_]+$/.exec(name)?.[1];
  const behind = /^[^_]+_(\w{3,})$/.exec(name)?.[1];
  return [before, behind].find((part) => part !== undefined && isKnown(part));
}

/** Whether a text holds a name less often than another; of equally frequent ones, whether it stands first. */
function isRarer(name: string, other: string, text: string): boolean {
  const places = (wanted: string): number[] =>
    [...text.matchAll(/[\w.{}:@-]+/g)].filter(([word]) => word === wanted).map(({ index }) => index);
  const [own, others] = [places(name), places(other)];
  return own.length === others.length ? (own[0] ?? 0) < (others[0] ?? 0) : own.length < others.length;
}
