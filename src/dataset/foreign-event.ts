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

const noEvent: WindowsEvent = { system: new Map(), eventData: [], userData: [] };

/** What has been made of a record. */
interface Made {
  event: WindowsEvent | null;
  raw: string | null;
}

/** A record of another tool as an event. Its members are declared only: there is one for every record of a file. */
export class ForeignEvent implements EventDraft, ForeignRecord {
  declare readonly text: string;
  declare readonly shape: RecordShape;
  /** When the event came about by what the record says; `time` may be another, which a transport told. */
  declare readonly created: number | null;
  declare time: number | null;
  declare source: string;
  declare sourcetype: string;
  declare index: string;
  declare line: number;
  declare file: string;
  declare preset: Row | null;
  declare extracted: boolean;
  /** The host of every event, or the one of events that name none. */
  declare private readonly toldHost: string | { readonly else: string };
  declare private made: Made | null;

  constructor(
    text: string,
    shape: RecordShape,
    origin: Pick<EventDraft, 'source' | 'sourcetype' | 'index'>,
    place: Pick<EventDraft, 'line' | 'file'>,
    host: string | { readonly else: string },
    created: number | null,
    event: WindowsEvent | null = null,
  ) {
    this.text = text;
    this.shape = shape;
    this.created = created;
    this.time = created;
    this.source = origin.source;
    this.sourcetype = origin.sourcetype;
    this.index = origin.index;
    this.line = place.line;
    this.file = place.file;
    this.preset = null;
    this.extracted = false;
    this.toldHost = host;
    this.made = event === null ? null : { event, raw: null };
  }

  get record(): ForeignRecord {
    return this;
  }

  get raw(): string {
    const { event } = this;
    this.made ??= { event, raw: null };
    this.made.raw ??= toXml(event, this.created);
    return this.made.raw;
  }

  get host(): string {
    const { toldHost } = this;
    return typeof toldHost === 'string' ? toldHost : (nxlogHost(this.text) ?? toldHost.else);
  }

  /** The record in the words of Windows. */
  get event(): WindowsEvent {
    this.made ??= { event: null, raw: null };
    if (this.made.event === null) {
      const members = exactMembers(this.text);
      this.made.event = (members && readWindowsEvent(members)) ?? noEvent;
    }
    return this.made.event;
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
