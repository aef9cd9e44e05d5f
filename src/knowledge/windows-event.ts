// KV_MODE = winevent: the fields of a Windows event as XML, found by one scan that only reads what is wanted.

import { addValue, cleanKey } from '../runtime/extracted.js';
import type { Row } from '../runtime/value.js';
import { jsonReader } from './json-fields.js';
import { isPresent, type Wanted, wants } from './step.js';
import { isWindowsText, readWindowsText } from './windows-text.js';

/** Fields that hold the inner text of a whole part of the event. */
const BLOCKS = [
  'System',
  'EventData',
  'UserData',
  'DebugData',
  'RenderingInfo',
  'ProcessingErrorData',
] as const;
type Block = (typeof BLOCKS)[number];

const EVENT = /<Event[\s>]/;

/** The event element under a namespace prefix. */
const PREFIXED_EVENT = /<[A-Za-z][\w.-]*:Event[\s>]/;

const NOT_BLANK = /\S/;

/** Reads a Windows event's XML into a row. */
export type WindowsEventReader = (text: string, row: Row) => void;

/**
 * Makes a reader for the wanted names, which it finds as the Windows add-on's transforms do:
 *
 * - of `<System>` every element's text under its tag and every attribute under its own name, repeated ones as a
 *   multivalue; beside them `Provider_Name` and `Provider_Guid`;
 * - of `<EventData>` the text of every element under its `Name`, one without under its tag; repeated ones as a
 *   multivalue;
 * - of `<UserData>` the leaf elements under their tags; of `<RenderingInfo>` the `Message`;
 * - the inner text of each part as `System_Props_Xml`, `EventData_Xml`, `UserData_Xml`, …
 *
 * The classic text rendering is read by `readWindowsText`, and JSON (what other tools send under this source type) as
 * KV_MODE=json does. Empty values give no field. Tags may carry a namespace prefix, which is dropped; attributes may stand in either
 * quotes. A name with blanks is a field with `_` for them, and also, as content written for other tools expects, one
 * without them. Entities: see `decodeEntities`.
 */
export function windowsEventReader(
  wanted: Wanted,
  entities: 'decoded' | 'as written' = 'decoded',
): WindowsEventReader {
  const readJson = jsonReader(wanted);
  const targets = new Targets(wanted);
  const read: WindowsEventReader = (text, row) => {
    if (!EVENT.test(text)) {
      if (PREFIXED_EVENT.test(text)) read(text.replace(/<(\/?)[A-Za-z][\w.-]*:/g, '<$1'), row);
      else if (isWindowsText(text)) readWindowsText(text, row, wanted);
      else if (!text.includes('<Event')) readJson(text, row);
      return;
    }
    let at = -1;
    const scan = new Scan(text, row, wanted, targets, entities === 'decoded');
    for (;;) {
      at = text.indexOf('<', at + 1);
      if (at === -1) return;
      const block = blockAt(text, at + 1);
      if (block !== undefined) at = scan.block(block, at);
    }
  };
  return read;
}

function blockAt(text: string, at: number): Block | undefined {
  for (const name of BLOCKS) {
    if (!text.startsWith(name, at)) continue;
    const after = text.charCodeAt(at + name.length);
    if (
      after === 0x3e ||
      after === 0x20 ||
      after === 0x2f ||
      after === 0x0a ||
      after === 0x0d ||
      after === 0x09
    )
      return name;
  }
  return undefined;
}

/** Field names that an element or a `Name` fills, for one set of wanted fields; remembered by name. */
class Targets {
  readonly #wanted: Wanted;
  readonly #known = new Map<string, readonly string[]>();
  readonly #provider = new Map<string, readonly string[]>();
  /** By the first two characters: whether a wanted name begins so. Null when everything is wanted. */
  readonly #beginnings: Uint8Array | null;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    this.#beginnings = null;
    if (wanted === 'all') return;
    this.#beginnings = new Uint8Array(4096);
    for (const name of wanted) this.#beginnings[beginning(name.charCodeAt(0), name.charCodeAt(1))] = 1;
    for (const name of wanted) {
      if (!name.startsWith('Provider_')) continue;
      this.#beginnings[beginning(name.charCodeAt(9), name.charCodeAt(10))] = 1;
    }
  }

  /**
   * Whether the name that begins at an offset may fill a wanted field. Cleaning a name leaves letters and digits at
   * its begin alone, so two of them tell; a name that begins otherwise is looked at in full.
   */
  mayFill(text: string, at: number): boolean {
    if (this.#beginnings === null) return true;
    const first = text.charCodeAt(at);
    const second = text.charCodeAt(at + 1);
    return !isLetter(first) || !isLetter(second) || this.#beginnings[beginning(first, second)] === 1;
  }

  /** The same for an attribute of the provider, which also stands under a longer name. */
  ofProvider(name: string): readonly string[] {
    let fields = this.#provider.get(name);
    if (fields === undefined) {
      fields = [...this.of(name), ...this.of(`Provider_${name}`)];
      if (this.#provider.size < MAX_NAMES) this.#provider.set(name, fields);
    }
    return fields;
  }

  of(name: string): readonly string[] {
    let fields = this.#known.get(name);
    if (fields === undefined) {
      fields = this.#find(name).filter((field) => wants(this.#wanted, field));
      if (this.#known.size < MAX_NAMES) this.#known.set(name, fields);
    }
    return fields;
  }

  #find(name: string): string[] {
    if (PLAIN_NAME.test(name)) return [name];
    const clean = cleanKey(name);
    const joined = name.replaceAll(' ', '');
    const second = joined !== clean && joined !== name && PLAIN_NAME.test(joined) ? [joined] : [];
    return clean === '' ? second : [clean, ...second];
  }
}

function beginning(first: number, second: number): number {
  return (first * 61 + second) & 4095;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

class Scan {
  readonly #text: string;
  readonly #row: Row;
  readonly #wanted: Wanted;
  readonly #targets: Targets;
  readonly #decode: boolean;

  constructor(text: string, row: Row, wanted: Wanted, targets: Targets, decode: boolean) {
    this.#text = text;
    this.#row = row;
    this.#wanted = wanted;
    this.#targets = targets;
    this.#decode = decode;
  }

  /** Reads the part that opens at `at`; returns the offset of its end tag's `<`. */
  block(block: Block, at: number): number {
    const text = this.#text;
    const tagEnd = text.indexOf('>', at);
    if (tagEnd === -1) return text.length;
    if (text.charCodeAt(tagEnd - 1) === 0x2f) return tagEnd;
    const close = text.indexOf(`</${block}>`, tagEnd);
    const end = close === -1 ? text.length : close;
    const name = block === 'System' ? 'System_Props_Xml' : `${block}_Xml`;
    if (wants(this.#wanted, name)) {
      const inner = text.slice(tagEnd + 1, end);
      if (NOT_BLANK.test(inner)) addValue(this.#row, name, inner);
    }
    if (block === 'EventData') this.#data(tagEnd + 1, end);
    else this.#elements(block, tagEnd + 1, end);
    return end;
  }

  /** Elements of EventData: each value under the element's `Name`, or under its tag when it has none. */
  #data(from: number, end: number): void {
    const text = this.#text;
    let at = text.indexOf('<', from);
    while (at !== -1 && at < end) {
      const nameStart = at + 1;
      if (text.charCodeAt(nameStart) === 0x2f) {
        at = text.indexOf('<', nameStart);
        continue;
      }
      let tagEnd = -1;
      let name = '';
      if (text.startsWith("Data Name='", nameStart)) {
        if (!this.#targets.mayFill(text, nameStart + 11)) {
          const close = text.indexOf('<', nameStart + 11);
          if (close === -1 || close >= end) return;
          if (text.charCodeAt(close + 1) === 0x2f) {
            at = text.indexOf('<', close + 2);
            continue;
          }
        }
        const close = text.indexOf("'", nameStart + 11);
        if (text.charCodeAt(close + 1) === 0x3e) {
          tagEnd = close + 1;
          name = text.slice(nameStart + 11, close);
        }
      }
      if (tagEnd === -1) {
        tagEnd = text.indexOf('>', nameStart);
        name = tagEnd === -1 ? '' : this.#nameOf(nameStart, tagEnd);
      }
      if (tagEnd === -1 || tagEnd >= end) return;
      let next = text.indexOf('<', tagEnd);
      let valueEnd = next === -1 || next > end ? end : next;
      const empty = text.charCodeAt(tagEnd - 1) === 0x2f;
      if (
        !empty &&
        valueEnd < end &&
        text.charCodeAt(valueEnd + 1) !== 0x2f &&
        text.startsWith('Data', nameStart)
      ) {
        // Markup inside a value, as of a scheduled task, belongs to it.
        const close = text.indexOf('</Data>', valueEnd);
        valueEnd = close === -1 || close > end ? end : close;
        next = text.indexOf('<', valueEnd);
      }
      // A leaf ends with its own end tag, or with the event where that was cut off.
      if (!empty && valueEnd > tagEnd + 1 && (valueEnd === end || text.charCodeAt(valueEnd + 1) === 0x2f))
        for (const field of this.#targets.of(name)) this.#add(field, tagEnd + 1, valueEnd);
      at = next;
    }
  }

  /** What an element of EventData is called: its `Name`, or its tag. */
  #nameOf(nameStart: number, tagEnd: number): string {
    const text = this.#text;
    const nameEnd = tagNameEnd(text, nameStart, tagEnd);
    if (nameEnd < tagEnd) {
      const at = text.indexOf('Name=', nameEnd);
      if (at !== -1 && at < tagEnd) {
        const quote = text[at + 5];
        const close = quote === "'" || quote === '"' ? text.indexOf(quote, at + 6) : -1;
        if (close !== -1 && close < tagEnd) return text.slice(at + 6, close);
      }
    }
    return localName(text.slice(nameStart, nameEnd));
  }

  /** Leaf elements of the other parts, and of System their attributes. */
  #elements(block: Block, from: number, end: number): void {
    const text = this.#text;
    let equals = -1;
    let at = text.indexOf('<', from);
    while (at !== -1 && at < end) {
      const nameStart = at + 1;
      if (text.charCodeAt(nameStart) === 0x2f) {
        at = text.indexOf('<', nameStart);
        continue;
      }
      const tagEnd = text.indexOf('>', nameStart);
      if (tagEnd === -1 || tagEnd >= end) return;
      if (block === 'System') {
        if (equals < nameStart) equals = indexOrEnd(text, '=', nameStart);
        if (equals < tagEnd) this.#attributes(nameStart, tagEnd);
      }
      const next = text.indexOf('<', tagEnd);
      const valueEnd = next === -1 || next > end ? end : next;
      const empty = text.charCodeAt(tagEnd - 1) === 0x2f;
      const isLeaf =
        !empty && valueEnd > tagEnd + 1 && (valueEnd === end || text.charCodeAt(valueEnd + 1) === 0x2f);
      if (isLeaf && this.#mayFillTag(nameStart, tagEnd)) {
        const name = localName(text.slice(nameStart, tagNameEnd(text, nameStart, tagEnd)));
        if (block !== 'RenderingInfo' || name === 'Message')
          for (const field of this.#targets.of(name)) this.#add(field, tagEnd + 1, valueEnd);
      }
      at = next;
    }
  }

  /** A tag may carry a namespace prefix, which hides how its name begins. */
  #mayFillTag(nameStart: number, tagEnd: number): boolean {
    if (this.#targets.mayFill(this.#text, nameStart)) return true;
    const colon = this.#text.indexOf(':', nameStart);
    return colon !== -1 && colon < tagEnd;
  }

  #attributes(nameStart: number, tagEnd: number): void {
    const text = this.#text;
    const isProvider = text.startsWith('Provider', nameStart);
    let at = tagNameEnd(text, nameStart, tagEnd);
    for (;;) {
      const equals = text.indexOf('=', at);
      if (equals === -1 || equals >= tagEnd) return;
      const quote = text[equals + 1];
      const close = quote === "'" || quote === '"' ? text.indexOf(quote, equals + 2) : -1;
      if (close === -1 || close > tagEnd) return;
      while (at < equals && isBlankCode(text.charCodeAt(at))) at++;
      if (close > equals + 2 && this.#targets.mayFill(text, at)) {
        const name = text.slice(at, equals).trim();
        const fields = isProvider ? this.#targets.ofProvider(name) : this.#targets.of(name);
        for (const field of fields) this.#add(field, equals + 2, close);
      }
      at = close + 1;
    }
  }

  #add(name: string, from: number, to: number): void {
    const raw = this.#text.slice(from, to);
    if (!NOT_BLANK.test(raw)) return;
    const value = this.#decode ? decodeEntities(raw) : raw;
    const old = this.#row[name];
    if (isPresent(old)) addValue(this.#row, name, value);
    else this.#row[name] = value;
  }
}

/** Names of elements that one reader remembers; hostile data has new ones in every event. */
const MAX_NAMES = 4096;
const PLAIN_NAME = /^[A-Za-z]\w*$/;

function indexOrEnd(text: string, char: string, from: number): number {
  const at = text.indexOf(char, from);
  return at === -1 ? text.length : at;
}

function isBlankCode(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function tagNameEnd(text: string, from: number, tagEnd: number): number {
  for (let at = from; at < tagEnd; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x2f || code === 0x0a || code === 0x0d || code === 0x09) return at;
  }
  return tagEnd;
}

function localName(tag: string): string {
  const colon = tag.indexOf(':');
  return colon === -1 ? tag : tag.slice(colon + 1);
}

/**
 * Decodes the five predefined entities and numeric references of a value that stands on one line.
 *
 * Splunk's own events have real line breaks inside values, and the add-on leaves `&lt;` and `&amp;` in them as
 * written: detections of scheduled tasks look for `&lt;Command&gt;` in a task's XML. Events from other tools are one
 * line each, with `&#13;&#10;` for line breaks, and content for them looks for `<Command>`. So a value with a real
 * line break is left alone, and any other is decoded.
 */
export function decodeEntities(value: string): string {
  if (!value.includes('&') || value.includes('\n')) return value;
  return value.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g,
    (all, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES.get(name as string) ?? all;
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
