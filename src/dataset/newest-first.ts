// Events in Splunk's order, newest first, with what does not fit into memory kept in a temporary file meanwhile.
import { deserialize, serialize } from 'node:v8';
import type { RawEvent } from '../runtime/raw-event.js';
import { createRow, type Row } from '../runtime/value.js';
import { ForeignEvent, shapeOf } from './foreign-event.js';
import { openTemporaryFile, type TemporaryFile } from './temporary-file.js';

/** Characters of events that are held before they go to the file. */
const mostHeld = 12 * 1024 * 1024;
/** What an event takes beside its text, roughly, in characters. */
const eventOverhead = 200;
const blockSize = 128 * 1024;

/**
 * Gathers the events that are admitted and gives them newest first; of equal times what was read last comes first, as
 * in an index. More than `held` characters of them are sorted and written in runs, which are merged in the end.
 */
export async function newestFirst(
  batches: AsyncIterable<readonly RawEvent[]>,
  admits: (event: RawEvent) => boolean,
  held = mostHeld,
): Promise<Iterable<RawEvent>> {
  const runs: StoredRun[] = [];
  let file: TemporaryFile | null | undefined;
  let events: RawEvent[] = [];
  let size = 0;
  try {
    for await (const batch of batches) {
      for (const event of batch) {
        if (!admits(event)) continue;
        events.push(event);
        size += sizeOf(event);
      }
      if (size < held || file === null) continue;
      // Where nothing can be written events stay in memory.
      file ??= openTemporaryFile();
      if (file === null) continue;
      const run = storeRun(sortOldestFirst(events), file);
      if (run === null) {
        // Runs that were written are read from it still.
        if (runs.length === 0) file.close();
        file = null;
      } else {
        runs.push(run);
        events = [];
        size = 0;
      }
    }
  } catch (error) {
    (file ?? runs[0]?.file)?.close();
    throw error;
  }
  sortOldestFirst(events);
  const [first] = runs;
  if (first === undefined) return fromEnd(events);
  const cursors = runs.map((run, order): Cursor => ({ source: new RunReader(run), order }));
  if (events.length > 0) cursors.push({ source: new HeldEvents(events), order: runs.length });
  return merged(cursors, first.file);
}

const sizeOf = (event: RawEvent): number => (event.record?.text ?? event.raw).length + eventOverhead;

// Events without a time come last.
const sortTime = (event: RawEvent): number => event.time ?? Number.NEGATIVE_INFINITY;
const compareTimes = (a: number, b: number): number => (a === b ? 0 : a - b);

/** Logs are mostly written in the order of time. Otherwise a stable sort. */
function sortOldestFirst(events: RawEvent[]): RawEvent[] {
  let last = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    const time = sortTime(event);
    if (time < last) return events.sort((a, b) => compareTimes(sortTime(a), sortTime(b)));
    last = time;
  }
  return events;
}

/** Lets go of every event as it is taken. */
function* fromEnd(events: RawEvent[]): Generator<RawEvent> {
  for (let event = events.pop(); event !== undefined; event = events.pop()) yield event;
}

/** Events in a file, newest first, in blocks. */
interface StoredRun {
  readonly file: TemporaryFile;
  readonly blocks: readonly StoredBlock[];
}

interface StoredBlock {
  readonly at: number;
  readonly length: number;
  /** The time of its first event. */
  readonly newest: number;
}

/** Many events as columns; what most of them share is written once. */
interface Block {
  /** The event's text, or the record that it is composed from. */
  readonly raw: string[];
  /** How such a record is written, and the time that it says. */
  readonly shape: (string | null)[];
  readonly created: (number | null)[];
  readonly time: (number | null)[];
  readonly line: number[];
  readonly origin: number[];
  readonly origins: Origin[];
  readonly preset: (Row | null)[];
}
type Origin = Pick<RawEvent, 'source' | 'sourcetype' | 'host' | 'index' | 'file' | 'extracted'>;

const emptyBlock = (): Block => ({
  raw: [],
  shape: [],
  created: [],
  time: [],
  line: [],
  origin: [],
  origins: [],
  preset: [],
});

const isFrom = (event: RawEvent, origin: Origin | undefined): boolean =>
  origin !== undefined &&
  event.source === origin.source &&
  event.sourcetype === origin.sourcetype &&
  event.host === origin.host &&
  event.index === origin.index &&
  event.file === origin.file &&
  event.extracted === origin.extracted;

/** Writes sorted events; null where the disk is full. */
function storeRun(events: readonly RawEvent[], file: TemporaryFile): StoredRun | null {
  const blocks: StoredBlock[] = [];
  let block = emptyBlock();
  let size = 0;
  const write = (): void => {
    const bytes = serialize(block);
    const newest = block.time[0] ?? Number.NEGATIVE_INFINITY;
    blocks.push({ at: file.append(bytes), length: bytes.length, newest });
    block = emptyBlock();
    size = 0;
  };
  try {
    for (let index = events.length - 1; index >= 0; index--) {
      const event = events[index] as RawEvent;
      if (!isFrom(event, block.origins.at(-1))) {
        const { source, sourcetype, host, index: name, file: path, extracted } = event;
        block.origins.push({ source, sourcetype, host, index: name, file: path, extracted });
      }
      block.raw.push(event.record?.text ?? event.raw);
      block.shape.push(event.record?.shape.name ?? null);
      block.created.push(event instanceof ForeignEvent ? event.created : null);
      block.time.push(event.time);
      block.line.push(event.line);
      block.origin.push(block.origins.length - 1);
      block.preset.push(event.preset);
      size += sizeOf(event);
      if (size >= blockSize) write();
    }
    if (block.raw.length > 0) write();
    return { file, blocks };
  } catch {
    return null;
  }
}

/** Sorted events, newest first. */
interface Source {
  /** The time of the next event; null where there is none. */
  readonly time: number | null;
  take(): RawEvent;
}

/** Events in memory, the newest last; each is let go of as it is taken. */
class HeldEvents implements Source {
  readonly #events: RawEvent[];

  constructor(events: RawEvent[]) {
    this.#events = events;
  }

  get time(): number | null {
    const next = this.#events.at(-1);
    return next === undefined ? null : sortTime(next);
  }

  take(): RawEvent {
    return this.#events.pop() as RawEvent;
  }
}

/** Events of a run. A block is read when its first event is taken, and held until its last one is: one may be of megabytes. */
class RunReader implements Source {
  readonly #run: StoredRun;
  /** The block that is read next. */
  #next = 0;
  #block: Block | null = null;
  #index = 0;

  constructor(run: StoredRun) {
    this.#run = run;
  }

  get time(): number | null {
    if (this.#block !== null) return this.#block.time[this.#index] ?? Number.NEGATIVE_INFINITY;
    return this.#run.blocks[this.#next]?.newest ?? null;
  }

  take(): RawEvent {
    this.#block ??= this.#read();
    const event = eventOf(this.#block, this.#index++);
    if (this.#index === this.#block.raw.length) this.#block = null;
    return event;
  }

  #read(): Block {
    const { at, length } = this.#run.blocks[this.#next++] as StoredBlock;
    this.#index = 0;
    return deserialize(this.#run.file.read(at, length)) as Block;
  }
}

function eventOf(block: Block, index: number): RawEvent {
  const origin = block.origins[block.origin[index] as number] as Origin;
  const preset = block.preset[index] ?? null;
  const text = block.raw[index] as string;
  const shape = block.shape[index] ?? null;
  if (shape !== null) {
    const place = { file: origin.file, line: block.line[index] as number };
    const created = block.created[index] ?? null;
    const event = new ForeignEvent(text, shapeOf(shape), origin, place, origin.host, created);
    event.time = block.time[index] ?? null;
    if (preset !== null) event.preset = Object.assign(createRow(), preset);
    return event;
  }
  return {
    raw: text,
    time: block.time[index] ?? null,
    source: origin.source,
    sourcetype: origin.sourcetype,
    host: origin.host,
    index: origin.index,
    line: block.line[index] as number,
    file: origin.file,
    // A row again, on which any name is an ordinary property.
    preset: preset === null ? null : Object.assign(createRow(), preset),
    extracted: origin.extracted,
  };
}

interface Cursor {
  readonly source: Source;
  /** Later runs were read later. */
  readonly order: number;
}

const isBefore = (a: Cursor, b: Cursor): boolean => {
  const order = compareTimes(b.source.time ?? 0, a.source.time ?? 0);
  return order === 0 ? a.order > b.order : order < 0;
};

/** Runs that are sorted each, as one. */
function* merged(cursors: Cursor[], file: TemporaryFile): Generator<RawEvent> {
  try {
    cursors.sort((a, b) => (isBefore(a, b) ? -1 : 1));
    for (;;) {
      const [first] = cursors;
      if (first === undefined) return;
      yield first.source.take();
      if (first.source.time === null) {
        cursors.shift();
        continue;
      }
      for (let place = 1; place < cursors.length; place++) {
        const next = cursors[place] as Cursor;
        if (isBefore(first, next)) break;
        cursors[place - 1] = next;
        cursors[place] = first;
      }
    }
  } finally {
    file.close();
  }
}
