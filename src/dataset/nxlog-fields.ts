// Windows events as NXLog writes them, flat JSON: dated and read without parsing the record.
import { addValue } from '../runtime/extracted.js';
import {
  bareEnd,
  DecodedStrings,
  decodeString,
  skipSpace,
  skipValue,
  stringEnd,
} from '../runtime/json-scan.js';
import { ownText } from '../runtime/own-text.js';
import type { Row } from '../runtime/value.js';
import { depthAt } from './time-finder.js';
import { type ClockContext, timeOfValue, timestampAt } from './timestamp.js';
import { nxlogRole, nxlogSystem, nxlogTimes, nxlogValue } from './windows-shapes.js';
import { asRead, fieldsOf, systemFields, systemTime } from './windows-xml.js';

/** Where the value of a member begins that may be of the record itself; -1 when there is none. */
function memberAt(text: string, needle: string): number {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    // A quote that is written out is in a string; so is a name that no colon follows.
    if (text.charCodeAt(at - 1) !== 0x22 || text.charCodeAt(at - 2) === 0x5c) continue;
    const colon = skipSpace(text, at + needle.length);
    if (text.charCodeAt(colon) === 0x3a) return skipSpace(text, colon + 1);
  }
  return -1;
}

/** Whether no offset up to one lies in an inner object; false also where that cannot be told at a glance. */
function isFlatTo(text: string, to: number): boolean {
  for (let at = text.indexOf('{', 1); at >= 0 && at < to; at = text.indexOf('{', at + 1)) {
    let before = blanksBefore(text, at);
    const code = text.charCodeAt(before);
    // Only behind these it can be more than a character of a string.
    if (code === 0x2c || code === 0x5b) return false;
    if (code !== 0x3a) continue;
    before = blanksBefore(text, before);
    if (text.charCodeAt(before) === 0x22 && text.charCodeAt(before - 1) !== 0x5c) return false;
  }
  return true;
}

function blanksBefore(text: string, at: number): number {
  let before = at - 1;
  while (before > 0 && text.charCodeAt(before) <= 0x20) before--;
  return before;
}

function stringAt(text: string, at: number): string | null {
  if (text.charCodeAt(at) !== 0x22) return null;
  return decodeString(text.slice(at + 1, stringEnd(text, at)));
}

const needles = { id: 'EventID"', channel: 'Channel"', host: 'Hostname"' } as const;
const timeNeedles = nxlogTimes.map((name) => `${name}"`);

/** The computer that a record names; null when it names none. */
export function nxlogHost(text: string): string | null {
  const at = memberAt(text, needles.host);
  return at < 0 || depthAt(text, at) !== 1 ? null : stringAt(text, at);
}

/** Tells records of NXLog, and when and in which channel each event was written. */
export class NxlogReader {
  readonly #clock: ClockContext;
  /** The last channel as it is written, with its closing quote. */
  #written = '';
  channel = '';
  time: number | null = null;

  constructor(clock: ClockContext) {
    this.#clock = clock;
  }

  /** False when the record is of another kind, or has to be parsed to know. */
  read(text: string): boolean {
    if (text.charCodeAt(0) !== 0x7b || text.charCodeAt(text.length - 1) !== 0x7d) return false;
    const id = memberAt(text, needles.id);
    const channel = memberAt(text, needles.channel);
    if (id < 0 || channel < 0 || text.charCodeAt(channel) !== 0x22) return false;
    let time = -1;
    for (let name = 0; name < timeNeedles.length && time < 0; name++)
      time = memberAt(text, timeNeedles[name] as string);
    // The rows of a workspace have a time of another name.
    if (time < 0) return false;
    const last = Math.max(id, channel, time);
    if (
      !isFlatTo(text, last) &&
      (depthAt(text, id) !== 1 || depthAt(text, channel) !== 1 || depthAt(text, time) !== 1)
    )
      return false;
    if (this.#written === '' || !text.startsWith(this.#written, channel + 1)) {
      const end = stringEnd(text, channel);
      this.channel = String(nxlogValue('Channel', stringAt(text, channel)));
      this.#written = ownText(text.slice(channel + 1, end + 1));
    }
    this.time = this.#timeAt(text, time);
    return true;
  }

  #timeAt(text: string, at: number): number | null {
    const isString = text.charCodeAt(at) === 0x22;
    const found = isString ? timestampAt(text, at + 1, this.#clock) : null;
    if (found !== null) return found.time;
    return timeOfValue(stringAt(text, at) ?? Number(text.slice(at, bareEnd(text, at))), this.#clock);
  }
}

/** A member that some wanted field is made of. */
interface Member {
  /** The places in the XML come in this order: System, EventData, what is put at its end, the message. */
  readonly order: number;
  readonly fields: readonly string[];
  /** Its name in System. */
  readonly name: string;
  readonly role: 'system' | 'message' | 'account' | 'type' | 'data' | 'mark';
  readonly strings: DecodedStrings;
  value: string;
  /** The record that gave it the value. */
  readIn: number;
}

/** A key's place among those that were met last. */
interface Slot {
  readonly key: string;
  readonly member: Member | null;
}

const SLOTS = 1024;
/** Keys that one reader remembers; hostile data has new ones in every event. */
const MAX_KEYS = 4096;

const slotOf = (text: string, from: number, to: number): number =>
  ((to - from) * 61 + text.charCodeAt(from) * 7 + text.charCodeAt(to - 1)) & (SLOTS - 1);

/** Members that decide about others. */
const marks = { account: 'AccountType', type: 'EventTypeOrignal' } as const;

/** Makes a reader of the wanted fields, those that reading the record's XML would give. */
export function nxlogFields(
  wanted: ReadonlySet<string>,
): (text: string, created: number | null, row: Row) => void {
  const reader = new FieldReader(wanted);
  return (text, created, row) => reader.read(text, created, row);
}

/** Whether a record may have a field of this name that its XML does not have. */
export function nxlogHoldsMore(field: string): boolean {
  return !/^[A-Za-z]\w*$/.test(field) || nxlogSystem.has(field) || nxlogRole(field) !== 'data';
}

const BEGINNINGS = 1 << 14;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) =>
  letter.charCodeAt(0),
);

/** A place for two characters; what is not ASCII has the place of two that are no letters. */
const beginning = (first: number, second: number): number =>
  first < 128 && second < 128 ? first * 128 + second : 0;

/** Whether a name is nothing but letters and digits: then it is the field's own. */
function isPlain(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (
      code < 0x30 ||
      code > 0x7a ||
      (code > 0x39 && code < 0x41) ||
      (code > 0x5a && code < 0x61 && code !== 0x5f)
    )
      return false;
  }
  return true;
}

const glanceAt = (text: string, from: number, to: number): number =>
  ((to - from) & 31) * 32 + (text.charCodeAt(to - 1) & 31);

class FieldReader {
  readonly #wanted: ReadonlySet<string>;
  readonly #slots: (Slot | undefined)[] = new Array<Slot | undefined>(SLOTS).fill(undefined);
  readonly #members = new Map<string, Member | null>();
  readonly #wantsTime: boolean;
  /** Which names may be wanted, by their length and last character. */
  readonly #glance = new Uint8Array(1024);
  /**
   * How wanted names begin. Cleaning a name leaves letters at its begin alone, so that one that begins with two others
   * comes to none of them; what does not begin with two letters may come to any.
   */
  readonly #begins = new Uint8Array(BEGINNINGS).fill(1);
  readonly #found: Member[] = [];
  #record = 0;
  /** Where the next backslash stands, at or after the last place asked for. */
  #backslash = -1;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
    this.#wantsTime = wanted.has('SystemTime');
    for (const first of LETTERS) for (const second of LETTERS) this.#begins[beginning(first, second)] = 0;
    for (const name of wanted) this.#begins[beginning(name.charCodeAt(0), name.charCodeAt(1))] = 1;
    for (const name of [...wanted, ...nxlogSystem.keys(), 'Message', ...Object.values(marks)])
      if (name !== '' && this.#memberOf(name) !== null) this.#glance[glanceAt(name, 0, name.length)] = 1;
  }

  read(text: string, created: number | null, row: Row): void {
    this.#record++;
    this.#backslash = -1;
    const found = this.#found;
    found.length = 0;
    const glance = this.#glance;
    const begins = this.#begins;
    let at = skipSpace(text, skipSpace(text, 0) + 1);
    while (text.charCodeAt(at) === 0x22) {
      const end = stringEnd(text, at);
      const member =
        glance[glanceAt(text, at + 1, end)] === 0 &&
        (begins[beginning(text.charCodeAt(at + 1), text.charCodeAt(at + 2))] === 0 ||
          isPlain(text, at + 1, end))
          ? null
          : this.#memberAt(text, at + 1, end);
      at = skipSpace(text, end + 1);
      if (text.charCodeAt(at) !== 0x3a) break;
      at = skipSpace(text, at + 1);
      at = skipSpace(text, member === null ? skipValue(text, at) : this.#take(text, at, member));
      if (text.charCodeAt(at) !== 0x2c) break;
      at = skipSpace(text, at + 1);
    }
    this.#fill(row);
    if (this.#wantsTime) {
      const time = systemTime(created, undefined) ?? '';
      if (time !== '') addValue(row, 'SystemTime', time);
    }
  }

  #memberAt(text: string, from: number, to: number): Member | null {
    const index = slotOf(text, from, to);
    const slot = this.#slots[index];
    if (slot !== undefined && slot.key.length === to - from && text.startsWith(slot.key, from))
      return slot.member;
    const written = text.slice(from, to);
    let member = this.#members.get(written);
    const key = ownText(written);
    if (member === undefined) {
      member = this.#memberOf(decodeString(written));
      if (this.#members.size >= MAX_KEYS) this.#members.clear();
      this.#members.set(key, member);
    }
    this.#slots[index] = { key, member };
    return member;
  }

  #memberOf(key: string): Member | null {
    const system = nxlogSystem.get(key);
    if (system !== undefined) return this.#make('system', 0, system, systemFields.get(system) ?? []);
    if (key === 'Message') return this.#make('message', 3, key, [key]);
    if (key === marks.account) return this.#mark(key, ['AccountName', 'Domain']);
    if (key === marks.type) return this.#mark(key, ['EventType']);
    const role = nxlogRole(key);
    if (role === 'other') return null;
    return this.#make(role, role === 'type' ? 2 : 1, key, fieldsOf(key));
  }

  #mark(name: string, decides: readonly string[]): Member | null {
    if (!decides.some((field) => this.#wanted.has(field))) return null;
    return { role: 'mark', order: 0, name, fields: [], strings: new DecodedStrings(), value: '', readIn: 0 };
  }

  #make(role: Member['role'], order: number, name: string, fields: readonly string[]): Member | null {
    const own = fields.filter((field) => this.#wanted.has(field));
    if (own.length === 0) return null;
    return { role, order, name, fields: own, strings: new DecodedStrings(), value: '', readIn: 0 };
  }

  /** Reads a member's value; a name that comes again keeps its place and takes the last value, as in JSON.parse. */
  #take(text: string, at: number, member: Member): number {
    let end: number;
    let value: string | null = null;
    const first = text.charCodeAt(at);
    if (first === 0x22) {
      const quote = stringEnd(text, at);
      value = text.slice(at + 1, quote);
      if (this.#backslash < at) {
        const next = text.indexOf('\\', at);
        this.#backslash = next < 0 ? text.length : next;
      }
      if (this.#backslash < quote) value = asRead(member.strings.decode(value));
      end = quote + 1;
    } else {
      end = skipValue(text, at);
      if (first !== 0x7b && first !== 0x5b) {
        value = text.slice(at, end);
        if (value === 'null') value = null;
      }
    }
    if (member.role === 'system' && value !== null) {
      const known = nxlogValue(member.name, value);
      value = typeof known === 'string' ? known : null;
    }
    if (member.readIn !== this.#record) {
      member.readIn = this.#record;
      this.#found.push(member);
    }
    member.value = value ?? '';
    return end;
  }

  #fill(row: Row): void {
    const found = this.#found;
    let orders = 0;
    for (const { order } of found) orders |= 1 << order;
    for (let order = 0; orders >> order > 0; order++) {
      if ((orders >> order) % 2 === 0) continue;
      for (const member of found) if (member.order === order && this.#isOfEvent(member)) add(row, member);
    }
  }

  #isOfEvent({ role }: Member): boolean {
    if (role === 'account') return !this.#found.some(({ name }) => name === marks.account);
    if (role === 'type') return this.#found.some(({ name }) => name === marks.type);
    return role !== 'mark';
  }
}

const NOT_BLANK = /\S/;

function add(row: Row, { fields, value }: Member): void {
  // Only what was escaped in JSON can hold line breaks, which is all that `asRead` looks for.
  const first = value.charCodeAt(0);
  if (!(first > 0x20 && first < 0x7f) && !NOT_BLANK.test(value)) return;
  for (const field of fields) {
    const old = row[field];
    if (old === null || old === undefined) row[field] = value;
    else addValue(row, field, value);
  }
}
