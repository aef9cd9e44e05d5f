// The reader's loop: one file's bytes → blocks of whole records → events, looked at no closer than a search needs.
import { isAscii } from 'node:buffer';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Origin, RawEvent } from '../runtime/raw-event.js';
import type { EventDraft, Stream } from './build-event.js';
import { ByteWindow, decodeUtf8, isEncoding, latin1Slice, peek, toUtf8 } from './bytes.js';
import type { DatasetFormat, DatasetLimits, DatasetOptions } from './dataset.js';
import type { GrowingReport } from './growing-report.js';
import { fileDiagnostic } from './inputs.js';
import { createLayout, formatBySettings, type Layout } from './layout.js';
import { LeftRecords } from './left-records.js';
import { formatOfSourceType, type Recognition, recognise } from './recognise.js';
import type { SettingFault } from './setting-regex.js';
import { indexOf } from './source-types.js';
import { countLines, NEWLINE, RecordSpans } from './splitter.js';
import { compileTexts, type NeededTexts, type TextFilter } from './term-filter.js';
import { createTimeFinder, type TimeFinder } from './time-finder.js';
import type { ClockContext } from './timestamp.js';
import { ToldTypes } from './told-types.js';
import type { Member } from './unpack.js';

const HEAD_BYTES = 1 << 18;
const WINDOW_BYTES = 1 << 23;
/** Bytes that are looked through for texts at a time: a short text lies on the heap and is soon forgotten. */
const SEARCHED_BYTES = 1 << 16;
/** Records after which it is judged whether looking for texts is worth its cost, and how many are then read unlooked. */
const TRIAL_RECORDS = 1024;
const UNLOOKED_RECORDS = 256 * TRIAL_RECORDS;
/** Events that are handed on together: what lives longer than a glance has to be moved by the garbage collector. */
const BATCH_EVENTS = 128;
/** Broken records shown one by one, of each file; the rest is counted. */
const SHOWN_FAULTS = 5;
const escapesAreSyntax: ReadonlySet<DatasetFormat> = new Set(['json', 'json-lines', 'event-rows']);
const MAX_FINDERS = 4096;
const DEFAULT_HOST = 'localhost';

/** What a scan asks of every file. */
export interface ReadRequest {
  readonly options: DatasetOptions;
  readonly limits: DatasetLimits;
  readonly clock: ClockContext;
  readonly textsOf: (origin: Origin) => NeededTexts;
  readonly earliest: number;
  readonly latest: number;
  readonly report: (diagnostic: Diagnostic) => void;
}

const defaultTypes: Partial<Record<DatasetFormat, string>> = {
  'windows-xml': 'XmlWinEventLog',
  'windows-text': 'WinEventLog',
  'json-lines': '_json',
  json: '_json',
  csv: 'csv',
  'zeek-tsv': 'zeek',
  w3c: 'w3c',
  syslog: 'syslog',
  auditd: 'linux:audit',
  'access-log': 'access_combined',
};

/** Reads one file. */
export class MemberReader {
  readonly #member: Member;
  readonly #request: ReadRequest;
  readonly #growing: GrowingReport;
  readonly #finders = new Map<string, TimeFinder>();
  #lastFinder: { sourcetype: string; source: string; host: string; finder: TimeFinder } | null = null;
  readonly #faultySettings = new Set<string>();
  #format: DatasetFormat = 'empty';
  #lastTime: number | null = null;
  readonly #left = new LeftRecords();
  #lastType = '';
  /** That of events which say nothing of it. */
  #index = '';
  #isFaulty = false;
  /** What is looked for in records before they are read. */
  #texts: TextFilter | null = null;
  /** The types that records name, and what is looked for in records of these: more than in those of any type. */
  #told: ToldTypes | null = null;
  #toldTexts: { readonly types: number; readonly texts: TextFilter | null } | null = null;
  #looked = 0;
  #passed = 0;
  /** Bytes of a record that are read, as TRUNCATE says. */
  #truncate = Number.POSITIVE_INFINITY;

  constructor(member: Member, request: ReadRequest, growing: GrowingReport) {
    this.#member = member;
    this.#request = request;
    this.#growing = growing;
  }

  /** The events of the file in its order, in small batches. */
  async *batches(): AsyncGenerator<readonly RawEvent[]> {
    const source = await toUtf8(this.#member.source, this.#charset());
    const peeked = await peek(source, HEAD_BYTES);
    const recognition = recognise(
      peeked.head.subarray(0, HEAD_BYTES),
      peeked.complete && peeked.head.length <= HEAD_BYTES,
    );
    const layout = this.#layoutFor(recognition);
    this.#texts = layout.searchable ? this.#textsFor(layout) : null;
    if (layout.namesTypes === true && this.#request.options.sourcetype === undefined)
      this.#told = new ToldTypes();
    const window = new ByteWindow(Math.min(WINDOW_BYTES, 2 * peeked.head.length + HEAD_BYTES));
    const spans = new RecordSpans();
    let seen = 0;
    let skipping: { line: number } | null = null;
    let line = 1;
    let failure: { readonly error: unknown } | null = null;
    try {
      for await (const chunk of peeked.source) {
        this.#growing.bytes += chunk.length;
        window.append(chunk);
        if (skipping) {
          // The rest of a record that was too long: it ends with the line.
          const end = window.data.subarray(0, window.end).indexOf(NEWLINE, window.start);
          window.start = end < 0 ? window.end : end + 1;
          if (end < 0) continue;
          layout.splitter.restart(skipping.line + 1);
          skipping = null;
        }
        spans.clear();
        const from = window.start;
        window.start = layout.splitter.split(window.data, from, window.end, false, spans);
        yield* this.#eventsOf(window.data, spans, layout, seen);
        seen += spans.count;
        if (spans.count > 0)
          line =
            spans.lines[spans.count - 1]! +
            countLines(window.data, spans.starts[spans.count - 1]!, window.start);
        if (window.length > this.#request.limits.eventBytes) {
          this.#tooLong(line);
          skipping = { line: line + countLines(window.data, window.start, window.end) };
          window.start = window.end;
        }
      }
    } catch (error) {
      // What was read before the archive's fault is still good.
      failure = { error };
    }
    if (!skipping) {
      spans.clear();
      layout.splitter.split(window.data, window.start, window.end, true, spans);
      yield* this.#eventsOf(window.data, spans, layout, seen);
      if (spans.endFault !== null) this.#broken(spans.endFault.line, spans.endFault.reason);
    }
    this.#summarise();
    if (failure) throw failure.error;
  }

  // The text's encoding has to be known before anything can be recognised, so only what is told decides it.
  #charset(): string | undefined {
    const { indexTime, sourcetype, source, host } = this.#request.options;
    if (sourcetype === undefined) return undefined;
    const charset = indexTime?.({
      sourcetype,
      source: source ?? this.#member.name,
      host: host ?? DEFAULT_HOST,
    })?.CHARSET;
    if (charset !== undefined && !isEncoding(charset)) this.#settingFault('CHARSET', charset);
    return charset;
  }

  #layoutFor(recognition: Recognition): Layout {
    const { options, clock } = this.#request;
    const told = options.sourcetype;
    this.#format = told === undefined ? recognition.format : formatOfSourceType(told, recognition.format);
    if (options.events && recognition.format !== 'empty') this.#format = 'event-rows';
    this.#growing.format = this.#format;
    this.#growing.formatKnownBy = this.#format === recognition.format ? 'content' : 'told';
    const known = recognition.sourcetype;
    this.#growing.knownBy = told !== undefined ? 'told' : known !== undefined ? 'content' : 'default';
    const defaults = {
      source: this.#member.name,
      sourcetype: known ?? defaultTypes[this.#format] ?? 'unknown',
      host: DEFAULT_HOST,
      index: indexOf(told ?? known ?? ''),
    };
    this.#index = defaults.index;
    const stream: Stream = {
      file: this.#member.name,
      told: { source: options.source, sourcetype: told, host: options.host, index: options.index },
      defaults,
      clock,
      timeFinder: (metadata) => this.#finderFor(metadata),
      broken: (line, reason) => this.#broken(line, reason),
    };
    const settings =
      options.indexTime?.({
        sourcetype: told ?? defaults.sourcetype,
        source: options.source ?? defaults.source,
        host: options.host ?? defaults.host,
      }) ?? {};
    if (settings.TRUNCATE !== undefined && settings.TRUNCATE > 0) this.#truncate = settings.TRUNCATE;
    if (told !== undefined) this.#growing.format = this.#format = formatBySettings(this.#format, settings);
    return createLayout(this.#format, recognition, stream, options, settings, this.#settingFault);
  }

  /** What is looked for in the records of a block. */
  #textsIn(block: string, spans: RecordSpans, from: number, to: number, layout: Layout): TextFilter | null {
    const told = this.#told;
    if (told?.tell(block, spans, from, to, spans.starts[from]!) !== true) {
      if (told?.isUseful === false) this.#told = null;
      return this.#texts;
    }
    const { types } = told;
    if (this.#toldTexts?.types !== types.size)
      this.#toldTexts = { types: types.size, texts: this.#textsFor({ ...layout, sourcetypes: [...types] }) };
    const { texts } = this.#toldTexts;
    // Where no more is looked for in records of these types than in all, a search for words, they need not be told.
    if (texts?.key === this.#texts?.key) this.#told = null;
    return texts;
  }

  #textsFor({ traits, sourcetypes, isUniform = false }: Layout): TextFilter | null {
    const { options, textsOf } = this.#request;
    const { sourcetype, source, host, index } = options;
    const types = [...new Set([...(sourcetypes ?? []), ...(sourcetype === undefined ? [] : [sourcetype])])];
    const origin: Origin = {
      ...(types.length === 0 ? {} : { sourcetypes: types }),
      ...(isUniform ? { source: source ?? this.#member.name, host: host ?? DEFAULT_HOST } : {}),
      ...(isUniform ? { index: index ?? this.#index } : {}),
    };
    return compileTexts(textsOf(origin), { ...traits, showsBytes: !escapesAreSyntax.has(this.#format) });
  }

  readonly #settingFault: SettingFault = (setting, value) => {
    if (this.#faultySettings.has(setting)) return;
    this.#faultySettings.add(setting);
    const message = `setting ${setting} = "${value}" cannot be used here; the default is`;
    this.#request.report(fileDiagnostic('warning', 'index-time-setting', this.#member.name, message));
  };

  #finderFor(metadata: { sourcetype: string; source: string; host: string }): TimeFinder {
    const last = this.#lastFinder;
    const { sourcetype, source, host } = metadata;
    if (last?.sourcetype === sourcetype && last.source === source && last.host === host) return last.finder;
    const { indexTime } = this.#request.options;
    const key = indexTime ? `${sourcetype}\0${source}\0${host}` : sourcetype;
    let finder = this.#finders.get(key);
    if (!finder) {
      const settings = indexTime?.({ sourcetype, source, host });
      finder = createTimeFinder(this.#format, sourcetype, settings, this.#request.clock, this.#settingFault);
      if (this.#finders.size < MAX_FINDERS) this.#finders.set(key, finder);
    }
    this.#lastFinder = { sourcetype, source, host, finder };
    return finder;
  }

  #broken(line: number, reason: string): void {
    // One fault of a record is enough.
    if (this.#isFaulty) return;
    if (++this.#growing.broken > SHOWN_FAULTS) return;
    const file = this.#member.name;
    this.#request.report(fileDiagnostic('warning', 'broken-record', file, reason, { line }));
  }

  #tooLong(line: number): void {
    this.#growing.dropped++;
    const message = `a record of more than ${this.#request.limits.eventBytes} bytes is left out`;
    const help = 'a file without line breaks may be in a format that detc does not know';
    this.#request.report(
      fileDiagnostic('error', 'record-too-long', this.#member.name, message, { line, help }),
    );
  }

  #summarise(): void {
    const { broken, file } = this.#growing;
    if (broken > SHOWN_FAULTS) {
      const message = `${broken - SHOWN_FAULTS} more broken records, ${broken} in all`;
      this.#request.report(fileDiagnostic('warning', 'broken-record', file, message));
    }
  }

  *#eventsOf(data: Buffer, spans: RecordSpans, layout: Layout, seen: number): Generator<RawEvent[]> {
    const count = spans.count;
    if (count === 0) return;
    let batch: RawEvent[] = [];
    if ((this.#texts !== null || this.#told !== null) && this.#isWorthLooking(count)) {
      const { starts, ends } = spans;
      for (let from = 0, to = 1; from < count; from = to, to++) {
        while (to < count && ends[to]! - starts[from]! <= SEARCHED_BYTES) to++;
        this.#addSelected(data, spans, from, to, layout, seen, batch);
        if (batch.length < BATCH_EVENTS) continue;
        yield batch;
        batch = [];
      }
      this.#dateLeft(data, spans, count, layout);
    } else {
      let encoding: 'latin1' | 'utf8' = 'latin1';
      let until = -1;
      for (let i = 0; i < count; i++) {
        if (spans.ends[i]! > until) {
          // Decoding as latin1 is a mere copy, and right for a stretch that is ASCII.
          until = Math.max(spans.ends[i]!, spans.starts[i]! + SEARCHED_BYTES);
          encoding = isAscii(data.subarray(spans.starts[i]!, until)) ? 'latin1' : 'utf8';
        }
        this.#take(data, spans, i, encoding, layout, batch);
        if (batch.length < BATCH_EVENTS) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  /** False where most records have had the texts of late: then looking for them only costs. */
  #isWorthLooking(records: number): boolean {
    if (this.#looked > UNLOOKED_RECORDS) {
      // Other parts of a file may be of other kinds.
      this.#looked = 0;
      this.#passed = 0;
    }
    if (this.#looked < TRIAL_RECORDS || this.#passed * 2 < this.#looked) return true;
    this.#looked += records;
    this.#passed += records;
    return false;
  }

  /** Adds the records from `from` up to `to` that have the texts. */
  #addSelected(
    data: Buffer,
    spans: RecordSpans,
    from: number,
    to: number,
    layout: Layout,
    seen: number,
    batch: RawEvent[],
  ) {
    const { starts, ends } = spans;
    const base = starts[from]!;
    const bytes = data.subarray(base, ends[to - 1]!);
    const block = bytes.toString('latin1');
    const encoding = isAscii(bytes) ? 'latin1' : 'utf8';
    const mark = layout.headerMark?.charCodeAt(0);
    const before = batch.length;
    const texts = this.#textsIn(block, spans, from, to, layout);
    if (texts === null) {
      for (let record = from; record < to; record++) this.#take(data, spans, record, encoding, layout, batch);
      this.#looked += to - from;
      this.#passed += batch.length - before;
      return;
    }
    const { scan, single, test } = texts.matcher(bytes, block);
    let next = from;
    const skipTo = (record: number) => {
      // Headers are read whatever the terms are: they say what the columns mean.
      for (; next < record; next++) {
        if (seen + next < layout.headerRecords || data[starts[next]!] === mark) {
          this.#take(data, spans, next, encoding, layout, batch);
        } else this.#leave(spans, next);
      }
    };
    scan.lastIndex = 0;
    for (let match = scan.exec(block); match; match = scan.exec(block)) {
      const at = base + match.index;
      let record = next;
      while (record < to && ends[record]! <= at) record++;
      if (record === to) break;
      skipTo(record);
      if (starts[record]! <= at) {
        if (!single && !test(block.slice(starts[record]! - base, ends[record]! - base))) {
          skipTo(record + 1);
        } else {
          this.#take(data, spans, record, encoding, layout, batch);
          next = record + 1;
        }
        scan.lastIndex = ends[record]! - base;
      } else scan.lastIndex = starts[record]! - base;
    }
    skipTo(to);
    this.#looked += to - from;
    this.#passed += batch.length - before;
  }

  // A record that is left out for want of a text is counted as broken all the same.
  #leave(spans: RecordSpans, record: number): void {
    this.#growing.skipped++;
    this.#left.add(record);
    if (spans.faults.size === 0) return;
    const fault = spans.faults.get(record);
    if (fault !== undefined) this.#broken(spans.lines[record]!, fault);
  }

  #take(
    data: Buffer,
    spans: RecordSpans,
    record: number,
    encoding: 'utf8' | 'latin1',
    layout: Layout,
    batch: RawEvent[],
  ) {
    const start = spans.starts[record]!;
    let end = spans.ends[record]!;
    const line = spans.lines[record]!;
    if (end - start > this.#truncate) {
      this.#broken(line, `a record of more than TRUNCATE = ${this.#truncate} bytes is cut`);
      end = wholeCharacters(data, start, start + this.#truncate);
    }
    if (end - start > this.#request.limits.eventBytes) {
      this.#tooLong(line);
      return;
    }
    const fault = spans.faults.size > 0 ? spans.faults.get(record) : undefined;
    if (fault !== undefined) this.#broken(line, fault);
    this.#isFaulty = fault !== undefined;
    const built = layout.build(this.#textOf(data, start, end, encoding), line);
    this.#isFaulty = false;
    // What stands before a header is read by the columns that held before it.
    if (built === null) {
      this.#dateLeft(data, spans, record, layout);
      return;
    }
    if ((Array.isArray(built) ? built[0] : built)?.time === null) this.#dateLeft(data, spans, record, layout);
    this.#left.clear();
    if ('raw' in built) this.#addEvent(built, batch);
    else for (const draft of built) this.#addEvent(draft, batch);
  }

  #textOf(data: Buffer, start: number, end: number, encoding: 'utf8' | 'latin1'): string {
    // In a string of JSON a backslash would begin an escape.
    const isPlain = encoding === 'latin1' || escapesAreSyntax.has(this.#format);
    if (!isPlain) return decodeUtf8(data, start, end);
    return encoding === 'latin1' ? latin1Slice.call(data, start, end) : data.toString('utf8', start, end);
  }

  /** Takes the last time from the records before one that were left out. */
  #dateLeft(data: Buffer, spans: RecordSpans, end: number, layout: Layout): void {
    const time = this.#left.lastTime(end, (record) => {
      const start = spans.starts[record]!;
      const length = Math.min(spans.ends[record]! - start, this.#truncate);
      if (length > this.#request.limits.eventBytes) return undefined;
      // Its faults are not told: the record is left out.
      this.#isFaulty = true;
      const built = layout.build(this.#textOf(data, start, start + length, 'utf8'), spans.lines[record]!);
      this.#isFaulty = false;
      if (built === null) return undefined;
      const dated = (Array.isArray(built) ? built : [built]).findLast(
        (draft) => draft.time !== null || draft.extracted === true,
      );
      return dated?.time;
    });
    if (time !== undefined) this.#lastTime = time;
  }

  #addEvent(draft: EventDraft, batch: RawEvent[]): void {
    const growing = this.#growing;
    if (draft.time === null && !draft.extracted) this.#fallBack(draft);
    else this.#lastTime = draft.time;
    const { earliest, latest } = this.#request;
    if (draft.time !== null && (draft.time < earliest || draft.time >= latest)) {
      growing.skipped++;
      return;
    }
    growing.events++;
    if (draft.sourcetype !== this.#lastType) {
      this.#lastType = draft.sourcetype;
      const { sourcetypes } = growing;
      if (sourcetypes.length < 100 && !sourcetypes.includes(draft.sourcetype))
        sourcetypes.push(draft.sourcetype);
    }
    batch.push(draft);
  }

  // Admin Manual, "How timestamp assignment works": the event before, then the file's date, then the clock.
  #fallBack(draft: EventDraft): void {
    this.#growing.timeless++;
    draft.time = this.#lastTime ?? this.#member.modified ?? this.#request.clock.now;
  }
}

/** The end of the last whole UTF-8 character of `data[start, end)`. */
function wholeCharacters(data: Buffer, start: number, end: number): number {
  let cut = end;
  while (cut > start && (data[cut]! & 0xc0) === 0x80) cut--;
  return cut;
}
