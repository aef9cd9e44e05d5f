// Puts together how one file is read: line breaking and building of events for its recognised format.

import { type EventBuilder, plainBuilder, type Stream } from './build-event.js';
import { forwardedBuilder } from './build-forwarded.js';
import { jsonBuilder } from './build-json.js';
import { rowBuilder } from './build-rows.js';
import { syslogBuilder } from './build-syslog.js';
import { csvBuilder, w3cBuilder, zeekBuilder } from './build-table.js';
import { WINDOWS_TEXT_START, windowsTextBuilder, windowsXmlBuilder } from './build-windows.js';
import type { DatasetFormat, DatasetOptions, IndexTimeSettings } from './dataset.js';
import { CsvSplitter } from './delimited.js';
import type { Recognition } from './recognise.js';
import { type SettingFault, SettingRegex } from './setting-regex.js';
import { WINDOWS_EVENTS } from './source-types.js';
import { JsonSplitter } from './split-json.js';
import { BreakerSplitter, LineSplitter, type MergeRule, MergeSplitter } from './split-lines.js';
import { XmlSplitter } from './split-xml.js';
import type { Splitter } from './splitter.js';
import type { RecordTraits } from './term-filter.js';
import { namesOf } from './time-finder.js';
import { DEFAULT_LOOKAHEAD, findTimestamp } from './timestamp.js';
import { mayAddRun, mayAddToFields } from './windows-xml.js';

/** How one file is read. */
export interface Layout {
  readonly splitter: Splitter;
  readonly build: EventBuilder;
  /** Records before this one are looked at whatever terms a search needs: the first one names the columns. */
  readonly headerRecords: number;
  /** Lines that begin with this are headers wherever they stand. */
  readonly headerMark?: string;
  /** The event's text is that of the record or made of it, so that texts can be looked for in the undecoded record. */
  readonly searchable: boolean;
  /** What the event may have beside the record's text. */
  readonly traits?: RecordTraits;
  /** Source types of all events, where nobody told; absent where records say of themselves what they are. */
  readonly sourcetypes?: readonly string[];
  /** Records may name the source type of what they wrap. */
  readonly namesTypes?: boolean;
  /** Records say nothing of their source, host and index. */
  readonly isUniform?: boolean;
}

// Splunk's MAX_EVENTS: lines that one event may have.
const MAX_EVENT_LINES = 256;
// A Windows event's message has no such bound.
const MAX_WINDOWS_LINES = 100_000;

/** Events may be composed of what a record says, in words that it does not have. */
const made: RecordTraits = { mayAdd: mayAddRun, escapes: ['json'] };

const clock = { zone: 'UTC', now: 0 };

type LineTest = 'BREAK_ONLY_BEFORE' | 'MUST_BREAK_AFTER' | 'MUST_NOT_BREAK_AFTER' | 'MUST_NOT_BREAK_BEFORE';

/** Admin Manual, props.conf: "When SHOULD_LINEMERGE is set to true, use the following settings". */
function mergeRule(settings: IndexTimeSettings, fault: SettingFault): MergeRule {
  const compile = (setting: LineTest) => {
    const pattern = settings[setting];
    return pattern === undefined ? null : SettingRegex.compile(setting, pattern, fault);
  };
  const before = compile('BREAK_ONLY_BEFORE');
  const after = compile('MUST_BREAK_AFTER');
  const notAfter = compile('MUST_NOT_BREAK_AFTER');
  const notBefore = compile('MUST_NOT_BREAK_BEFORE');
  const byDate = settings.BREAK_ONLY_BEFORE_DATE ?? true;
  return {
    begins: (line) =>
      (before
        ? before.test(line)
        : byDate &&
          findTimestamp(line, 0, settings.MAX_TIMESTAMP_LOOKAHEAD ?? DEFAULT_LOOKAHEAD, clock) !== null) &&
      !notBefore?.test(line),
    ...(after ? { endsAfter: (line: string) => after.test(line) } : {}),
    ...(notAfter ? { goesOnAfter: (line: string) => notAfter.test(line) } : {}),
    maxLines: Math.max(1, settings.MAX_EVENTS ?? MAX_EVENT_LINES),
  };
}

/** Splunk's own LINE_BREAKER, `([\r\n]+)`, which lines are. */
const LINES = /^\(\[\\[rn]\\[rn]\]\+\)$/;

function breakerSplitter(breaker: string | undefined, fault: SettingFault): Splitter | null {
  if (breaker === undefined || LINES.test(breaker)) return null;
  const regex = SettingRegex.compile('LINE_BREAKER', breaker, fault);
  if (regex === null) return null;
  if (regex.groupCount > 0) return new BreakerSplitter(regex);
  // A breaker without a group has nothing to drop, so props.conf does not allow it.
  fault('LINE_BREAKER', breaker);
  return null;
}

function textSplitter(recognition: Recognition, settings: IndexTimeSettings, fault: SettingFault): Splitter {
  const breaker = breakerSplitter(settings.LINE_BREAKER, fault);
  // Differs from Splunk, which merges lines unless told not to: here only what says so is merged.
  if (settings.SHOULD_LINEMERGE === true || settings.BREAK_ONLY_BEFORE !== undefined)
    return new MergeSplitter(mergeRule(settings, fault), breaker ?? new LineSplitter());
  if (breaker !== null) return breaker;
  if (settings.SHOULD_LINEMERGE === false || recognition.format !== 'lines') return new LineSplitter();
  // Differs from Splunk, which merges the lines of every unknown source type: only when the file's own first
  // lines show that a timestamp begins an event are lines without one taken for its continuation.
  if (!recognition.datedLines) return new LineSplitter();
  return new MergeSplitter({
    begins: (line) => findTimestamp(line, 0, 40, clock) !== null,
    maxLines: MAX_EVENT_LINES,
  });
}

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['csv', ','],
  ['tsv', '\t'],
  ['psv', '|'],
]);

/** A delimiter as FIELD_DELIMITER writes it: the character, or a name for one that cannot be written. */
function delimiterOf({ FIELD_DELIMITER, INDEXED_EXTRACTIONS = '' }: IndexTimeSettings): string | undefined {
  const named: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', space: ' ' };
  if (FIELD_DELIMITER === undefined) return DELIMITERS.get(INDEXED_EXTRACTIONS.toLowerCase());
  const written = FIELD_DELIMITER.replace(/^"(.+)"$/, '$1');
  return Object.hasOwn(named, written) ? named[written] : written;
}

/** The format as the settings of a told source type have it, where they say more than the file's look. */
export function formatBySettings(found: DatasetFormat, settings: IndexTimeSettings): DatasetFormat {
  const extractions = settings.INDEXED_EXTRACTIONS?.toLowerCase();
  if (found === 'empty' || found === 'event-rows') return found;
  if (extractions === 'w3c') return 'w3c';
  if (extractions !== undefined && DELIMITERS.has(extractions)) return 'csv';
  // Settings for lines, and none that says columns: the first line is an event like any other.
  const { LINE_BREAKER, SHOULD_LINEMERGE, BREAK_ONLY_BEFORE, TIME_FORMAT, TIME_PREFIX } = settings;
  const lines = [LINE_BREAKER, SHOULD_LINEMERGE, BREAK_ONLY_BEFORE, TIME_FORMAT, TIME_PREFIX];
  return found === 'csv' && lines.some((setting) => setting !== undefined) ? 'lines' : found;
}

/** Builds the layout for a file's format. `settings` are those of the file's source type. */
export function createLayout(
  format: DatasetFormat,
  recognition: Recognition,
  stream: Stream,
  options: DatasetOptions,
  settings: IndexTimeSettings,
  fault: SettingFault,
): Layout {
  if (options.events) {
    const splitter = recognition.format === 'json' ? new JsonSplitter() : new LineSplitter();
    return { splitter, build: rowBuilder(stream), headerRecords: 0, searchable: false };
  }
  const own = stream.told.sourcetype ?? stream.defaults.sourcetype;
  switch (format) {
    case 'windows-xml':
      return {
        splitter: new XmlSplitter(),
        build: windowsXmlBuilder(stream),
        headerRecords: 0,
        searchable: true,
        sourcetypes: [WINDOWS_EVENTS, 'sysmon:linux'],
      };
    case 'windows-text': {
      const splitter = new MergeSplitter({
        begins: (line) => WINDOWS_TEXT_START.test(line),
        maxLines: MAX_WINDOWS_LINES,
        fault: 'lines before the first line with a date',
      });
      return {
        splitter,
        build: windowsTextBuilder(stream),
        headerRecords: 0,
        searchable: true,
        sourcetypes: ['WinEventLog'],
      };
    }
    case 'json':
    case 'json-lines': {
      const splitter = format === 'json' ? new JsonSplitter() : new LineSplitter();
      const sourcetype = options.sourcetype ?? recognition.sourcetype ?? '';
      if (/^xmlwineventlog(?::|$)/i.test(sourcetype) && !recognition.wrapped) {
        return {
          splitter,
          build: forwardedBuilder(stream),
          headerRecords: 0,
          searchable: true,
          traits: { mayAdd: mayAddToFields, escapes: ['json', 'numbers'], isRecord: true },
          sourcetypes: [WINDOWS_EVENTS, 'WinEventLog', sourcetype],
        };
      }
      const wrapped = recognition.wrapped ?? false;
      const typed = (recognition.mixed ?? false) && options.sourcetype === undefined;
      return {
        splitter,
        build: jsonBuilder(stream, wrapped, typed),
        headerRecords: 0,
        searchable: true,
        ...(wrapped || typed
          ? { traits: made, namesTypes: wrapped }
          : { sourcetypes: [own], isUniform: true }),
      };
    }
    case 'csv':
      return {
        splitter: new CsvSplitter(),
        build: csvBuilder(
          stream,
          delimiterOf(settings) ?? recognition.delimiter ?? ',',
          namesOf(settings.TIMESTAMP_FIELDS),
        ),
        headerRecords: 1,
        // Rows that are written anew have other words than the file.
        searchable: recognition.sourcetype !== WINDOWS_EVENTS,
        traits: { escapes: ['cells'] },
        ...(recognition.plainRows === true && !/wineventlog/i.test(own)
          ? { sourcetypes: [own], isUniform: true }
          : {}),
      };
    case 'zeek-tsv':
    case 'w3c': {
      const lines = { splitter: new LineSplitter(), headerRecords: 0, headerMark: '#', searchable: true };
      return format === 'w3c'
        ? { ...lines, build: w3cBuilder(stream) }
        : { ...lines, build: zeekBuilder(stream), traits: { escapes: ['zeek'] } };
    }
    case 'syslog':
      return {
        splitter: textSplitter(recognition, settings, fault),
        build: syslogBuilder(stream),
        headerRecords: 0,
        searchable: true,
        sourcetypes: [own],
      };
    default:
      return {
        splitter: textSplitter(recognition, settings, fault),
        build: plainBuilder(stream),
        headerRecords: 0,
        searchable: true,
        sourcetypes: [own],
        isUniform: true,
      };
  }
}
