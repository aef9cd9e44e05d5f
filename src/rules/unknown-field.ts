// A field of the events is one that others name too.
import type { Severity, Span } from '../diagnostic/diagnostic.js';
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import type { EventField } from '../syntax/missing-fields.js';
import { base, edit } from './example.js';
import { contains, isMisspelt, isOdder, isRarer, lacksLetter } from './like-names.js';
import { respelled } from './name-words.js';
import { defineRule } from './rule.js';
import { droppedBy, unsetFields } from './unset-fields.js';
import { standsOnce } from './word-index.js';

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
        title: 'a name that is like that of a macro',
        files: {
          [base.rba]: edit('`sysmon` EventID=1', '`sysmon` EventID=1 sysmn=1'),
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
        title:
          'a field that a command before made, read by nobody but under a name without one of its letters',
        files: {
          [base.rba]: edit('| stats count', '| eval quuxDelta=1 | where quuxDlta>0 | stats count'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:30: nothing else names the field "quuxDlta"',
        ],
      },
      {
        title: 'a field that a regular expression made, without one of its letters',
        files: {
          [base.rba]: edit('| stats count', '| rex "(?<quux>a)(?<xyzzy>b)" | stats values(xyzy) count'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:13:48: nothing else names the field "xyzy"',
        ],
      },
      {
        title: 'a word of a name that lacks a letter',
        files: {
          [base.rba]: edit('`sysmon` EventID=1', '`sysmon` EventID=1 Workstaton_Owner=a'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:12:29: nothing else names the field "Workstaton_Owner"',
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
    const tell = (name: string, span: Span, meant: string, severity: Severity): void => {
      const { place, notes } = locate(span);
      report(place, `nothing else names the field "${name}"`, {
        help: `did you mean "${meant}"?`,
        notes,
        severity: owner.status === 'deprecated' ? 'info' : severity,
      });
    };
    for (const { name, span, bareWord, available } of analysis.eventFields) {
      if (bareWord) continue;
      if (!isFieldName(name)) continue;
      if (context.isNamedElsewhere(name) || !analysis.expansion.isWritten(span.start)) continue;
      made ??= new Set(analysis.setFields.map(({ field }) => field.name));
      own ??= new Set([
        ...analysis.eventFields.filter((field) => field.bareWord !== true).map((field) => field.name),
        ...made,
      ]);
      const here = nearest(name, available === undefined ? own : [...own, ...available.known]);
      // What a search makes itself it may make of a field whose name is nearly the same, but not what it made before.
      const mayBeMadeOf = (one: string): boolean =>
        made?.has(one) === true &&
        !analysis.setFields.some(({ field, end }) => field.name === one && end <= span.start);
      // What is made here and nothing reads under its name was meant where another like it is read.
      const unread = analysis.setFields.find(
        ({ field: { name: set, span: at }, end }) =>
          end <= span.start &&
          analysis.expansion.isWritten(at.start) &&
          (isSlip(name, set) || contains(name, set)) &&
          standsOnce(text, set) &&
          isOdder(name, set, text) === true,
      )?.field.name;
      const isSlipHere =
        here !== undefined &&
        !mayBeMadeOf(here) &&
        (isMisspelt(name, here) ||
          ((made.has(here) || available?.known.has(here) === true) && lacksLetter(name, here)));
      // Of two that nobody else knows, the one that stands here more often is the right one.
      if (unread === undefined && isSlipHere && !context.isNamedElsewhere(here) && !isRarer(name, here, text))
        continue;
      const slip = unread ?? (isSlipHere ? here : undefined);
      const meant = slip ?? context.nearName(name);
      if (slip === undefined && (meant === undefined || made.has(meant) || !isMisspelt(name, meant))) {
        const written = respelled(name);
        if (written !== undefined && !made.has(written)) tell(name, span, written, 'warning');
        else if (!context.isFamiliar(name) && standsOnce(context.text(owner.file), name))
          odd.push({ name, span });
        continue;
      }
      tell(name, span, meant ?? '', slip !== undefined ? 'error' : 'warning');
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
