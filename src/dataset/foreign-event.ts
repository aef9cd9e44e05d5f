// Windows events in records of other tools: fields are read from the record, XML is composed only where it is asked for.
import { addValue } from '../runtime/extracted.js';
import type { ForeignRecord, RecordShape } from '../runtime/raw-event.js';
import type { Row } from '../runtime/value.js';
import type { EventDraft } from './build-event.js';
import { exactMembers } from './json-text.js';
import { nxlogFields, nxlogHoldsMore, nxlogHost } from './nxlog-fields.js';
import { readWindowsEvent } from './windows-records.js';
import type { WindowsEvent } from './windows-shapes.js';
import { asRead, fieldsOf, systemFields, systemTime, TAG, toXml } from './windows-xml.js';

export { NxlogReader } from './nxlog-fields.js';

/** What is told of an event beside its text. */
type Origin = Pick<EventDraft, 'source' | 'sourcetype' | 'index' | 'line' | 'file'>;

const noEvent: WindowsEvent = { system: new Map(), eventData: [], userData: [] };

/** A record of another tool as an event. */
export class ForeignEvent implements EventDraft, ForeignRecord {
  readonly text: string;
  readonly shape: RecordShape;
  /** When the event came about by what the record says; `time` may be another, which a transport told. */
  readonly created: number | null;
  time: number | null;
  source: string;
  sourcetype: string;
  index: string;
  line: number;
  file: string;
  preset: Row | null = null;
  extracted = false;
  #host: string | null;
  readonly #hostElse: string;
  #raw: string | null = null;
  #event: WindowsEvent | null;

  /** @param host  of every event; where it is only `else`, what the record says comes before it */
  constructor(
    text: string,
    shape: RecordShape,
    { source, sourcetype, index, line, file }: Origin,
    host: string | { readonly else: string },
    created: number | null,
    event: WindowsEvent | null = null,
  ) {
    this.text = text;
    this.shape = shape;
    this.created = created;
    this.time = created;
    this.source = source;
    this.sourcetype = sourcetype;
    this.index = index;
    this.line = line;
    this.file = file;
    this.#host = typeof host === 'string' ? host : null;
    this.#hostElse = typeof host === 'string' ? host : host.else;
    this.#event = event;
  }

  get record(): ForeignRecord {
    return this;
  }

  get raw(): string {
    this.#raw ??= toXml(this.event, this.created);
    return this.#raw;
  }

  set raw(raw: string) {
    this.#raw = raw;
  }

  get host(): string {
    this.#host ??= nxlogHost(this.text) ?? this.#hostElse;
    return this.#host;
  }

  set host(host: string) {
    this.#host = host;
  }

  /** The record in the words of Windows. */
  get event(): WindowsEvent {
    if (this.#event === null) {
      const members = exactMembers(this.text);
      this.#event = (members && readWindowsEvent(members)) ?? noEvent;
    }
    return this.#event;
  }
}

/** Fields that hold the XML of a part of the event. */
const holdXml = (wanted: ReadonlySet<string>): boolean => [...wanted].some((name) => name.endsWith('_Xml'));

/** Records of NXLog, whose members are found in the text. */
export const nxlogShape: RecordShape = {
  name: 'nxlog',
  reader(wanted) {
    if (holdXml(wanted)) return null;
    const read = nxlogFields(wanted);
    return (event, row) => {
      if (event instanceof ForeignEvent) read(event.text, event.created, row);
    };
  },
  holdsMore: nxlogHoldsMore,
};

/** Records whose members are looked up in the parsed object. */
export const parsedShape: RecordShape = {
  name: 'parsed',
  reader(wanted) {
    if (holdXml(wanted)) return null;
    const add = (row: Row, fields: readonly string[] | undefined, value: string): void => {
      if (fields === undefined || !/\S/.test(value)) return;
      for (const field of fields) if (wanted.has(field)) addValue(row, field, asRead(value));
    };
    return (event, row) => {
      if (!(event instanceof ForeignEvent)) return;
      const { system, eventData, userData, message } = event.event;
      for (const [name, value] of system) if (name !== 'SystemTime') add(row, systemFields.get(name), value);
      add(row, ['SystemTime'], systemTime(event.created, system.get('SystemTime')) ?? '');
      for (const [name, value] of eventData) add(row, fieldsOf(name), value);
      for (const [name, value] of userData) if (TAG.test(name)) add(row, fieldsOf(name), value);
      if (message !== undefined) add(row, ['Message'], message);
    };
  },
  holdsMore: () => true,
};

/** The shape of a name, for events that were put aside. */
export const shapeOf = (name: string): RecordShape => (name === nxlogShape.name ? nxlogShape : parsedShape);
