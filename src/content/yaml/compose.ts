// Parser events → plain values, the faults that only show then, and nothing about places.
import type { AliasEvent, Event, ScalarEvent } from 'js-yaml';
import type { Span } from '../../diagnostic/diagnostic.js';
import { EVENT_ID, getScalarValue, SCALAR_STYLE } from './js-yaml.js';
import { isFloat, resolvePlain } from './scalar.js';

/** A fault in a YAML text; spans count units of the text that was parsed. */
export interface YamlFault {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly span: Span;
  readonly help?: string;
  /** Another place in the same text, such as the first of two equal keys. */
  readonly note?: { readonly message: string; readonly span: Span };
}

export interface Composed {
  readonly value: unknown;
  /** Whether a fault left a value out, so that looking at the value finds faults that are none. */
  readonly damaged: boolean;
  readonly faults: readonly YamlFault[];
  /** Paths of whole numbers that are written as fractions (`1.0`), which JavaScript cannot tell apart. */
  readonly wholeFloats: readonly (readonly (string | number)[])[];
}

/** Values that aliases may bring in before a file is refused. */
const aliasLimit = 10_000;

interface Anchor {
  readonly value: unknown;
  /** Number of values below it, itself included; undefined while it is being read. */
  readonly weight: number | undefined;
}

/** Composes the single document of an event stream. Later equal keys win, as Splunk's tools have it. */
export function compose(text: string, events: readonly Event[]): Composed {
  return new Composer(text, events).run();
}

class Composer {
  #at = 0;
  #weight = 0;
  #aliasWeight = 0;
  readonly #anchors = new Map<string, Anchor>();
  readonly #faults: YamlFault[] = [];
  readonly #wholeFloats: (string | number)[][] = [];
  readonly #path: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  run(): Composed {
    this.#at = 1; // behind the start of the document
    const value = this.events.length === 0 ? null : this.#node();
    this.#checkSingle();
    const damaged = this.#faults.some((fault) => !fault.message.startsWith('duplicate key'));
    return { value, damaged, faults: this.#faults, wholeFloats: this.#wholeFloats };
  }

  #fault(message: string, span: Span, more: Partial<YamlFault> = {}): void {
    this.#faults.push({ severity: 'error', message, span, ...more });
  }

  #checkSingle(): void {
    const second = this.events.findIndex((event, index) => index > 0 && event.type === EVENT_ID.DOCUMENT);
    if (second === -1) return;
    let marker = -1;
    for (const event of this.events.slice(second)) {
      const start = eventStart(event);
      if (start < 0) continue;
      marker = this.text.lastIndexOf('---', start);
      break;
    }
    if (marker < 0) marker = Math.max(0, this.text.lastIndexOf('---'));
    this.#fault('file holds more than one YAML document', { start: marker, end: marker + 3 });
  }

  #node(): unknown {
    const event = this.events[this.#at++];
    if (event === undefined) return null;
    this.#weight++;
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const value = this.#scalar(event);
        this.#store(event, value, 1);
        return value;
      }
      case EVENT_ID.SEQUENCE: {
        const before = this.#weight;
        const list: unknown[] = [];
        this.#checkTag(event, 'seq');
        this.#store(event, list, undefined);
        while (!this.#closed()) {
          this.#path.push(list.length);
          list.push(this.#node());
          this.#path.pop();
        }
        this.#store(event, list, this.#weight - before + 1);
        return list;
      }
      case EVENT_ID.MAPPING: {
        const before = this.#weight;
        const map: Record<string, unknown> = {};
        this.#checkTag(event, 'map');
        this.#store(event, map, undefined);
        this.#pairs(map);
        this.#store(event, map, this.#weight - before + 1);
        return map;
      }
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        return null;
    }
  }

  #closed(): boolean {
    const event = this.events[this.#at];
    if (event !== undefined && event.type !== EVENT_ID.POP) return false;
    this.#at++;
    return true;
  }

  #pairs(map: Record<string, unknown>): void {
    const merged: unknown[] = [];
    let keys: Map<string, Span> | undefined;
    while (!this.#closed()) {
      const keyEvent = this.events[this.#at];
      if (keyEvent === undefined) return;
      const span = eventSpan(this.text, keyEvent);
      const key = this.#key(span);
      if (key === '<<' && keyEvent.type === EVENT_ID.SCALAR && keyEvent.style === SCALAR_STYLE.PLAIN) {
        merged.push(this.#merge(span));
        continue;
      }
      const isAgain = Object.hasOwn(map, key);
      if (isAgain) {
        // Where the first stands is asked seldom, so it is looked up only now.
        keys ??= this.#keySpans(this.#at);
        const first = keys.get(key);
        this.#fault(`duplicate key "${key}"`, span, {
          ...(first === undefined ? {} : { note: { message: `"${key}" stands first here`, span: first } }),
        });
      }
      this.#path.push(key);
      const value = this.#node();
      // The fault is the second one, so that what refers to the first is none.
      if (!isAgain) setKey(map, key, value);
      this.#path.pop();
    }
    for (const source of merged) {
      for (const part of Array.isArray(source) ? source : [source]) {
        if (typeof part !== 'object' || part === null) continue;
        for (const [key, value] of Object.entries(part))
          if (!Object.hasOwn(map, key)) setKey(map, key, value);
      }
    }
  }

  /** Spans of the first occurrences of the keys of the mapping that is open at an event. */
  #keySpans(before: number): Map<string, Span> {
    const spans = new Map<string, Span>();
    let depth = 0;
    let start = before - 1;
    for (; start >= 0; start--) {
      const event = this.events[start];
      if (event?.type === EVENT_ID.POP) depth++;
      else if (isOpening(event) && depth-- === 0) break;
    }
    let isKey = true;
    depth = 0;
    for (const event of this.events.slice(start + 1, before - 1)) {
      if (event.type === EVENT_ID.POP) depth--;
      if (depth === 0 && event.type !== EVENT_ID.POP) {
        if (isKey && event.type === EVENT_ID.SCALAR) {
          const key = getScalarValue(this.text, event);
          if (!spans.has(key)) spans.set(key, eventSpan(this.text, event));
        }
        if (!isOpening(event)) isKey = !isKey;
      }
      if (isOpening(event)) depth++;
      else if (event.type === EVENT_ID.POP && depth === 0) isKey = !isKey;
    }
    return spans;
  }

  #key(span: Span): string {
    const event = this.events[this.#at];
    if (event?.type === EVENT_ID.SCALAR) {
      this.#at++;
      const key = getScalarValue(this.text, event);
      this.#store(event, key, 1);
      return key;
    }
    const value = this.#node();
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null)
      this.#fault('expected text as a key, found a list or mapping', span);
    return typeof value === 'object' ? '' : String(value);
  }

  #merge(span: Span): unknown {
    const source = this.#node();
    const parts = Array.isArray(source) ? source : [source];
    if (!parts.every((part) => typeof part === 'object' && part !== null && !Array.isArray(part))) {
      this.#fault('expected a mapping, or a list of mappings, to merge with "<<"', span);
    }
    return source;
  }

  #alias(event: AliasEvent): unknown {
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const span = { start: event.anchorStart - 1, end: event.anchorEnd };
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) {
      this.#fault(`unknown anchor "${name}"`, span);
      return null;
    }
    if (anchor.weight === undefined) {
      this.#fault(`alias "*${name}" refers to a value it is part of`, span);
      return null;
    }
    if (this.#aliasWeight > aliasLimit) return null;
    this.#aliasWeight += anchor.weight;
    this.#weight += anchor.weight - 1;
    if (this.#aliasWeight > aliasLimit) {
      this.#fault(`alias "*${name}" brings the file to more than ${aliasLimit} repeated values`, span);
      return null;
    }
    return anchor.value;
  }

  #store(event: Exclude<Event, AliasEvent>, value: unknown, weight: number | undefined): void {
    if ('anchorStart' in event && event.anchorStart >= 0) {
      this.#anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), { value, weight });
    }
  }

  #checkTag(event: Extract<Event, { tagStart: number }>, expected: 'seq' | 'map'): void {
    if (event.tagStart < 0) return;
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    if (tag !== `!!${expected}` && tag !== '!' && tag !== `!<tag:yaml.org,2002:${expected}>`) {
      this.#fault(`unknown tag "${tag}"`, { start: event.tagStart, end: event.tagEnd });
    }
  }

  #scalar(event: ScalarEvent): unknown {
    const text = getScalarValue(this.text, event);
    if (event.tagStart >= 0) return this.#tagged(event, text);
    if (event.style !== SCALAR_STYLE.PLAIN) return text;
    const value = resolvePlain(text);
    if (typeof value === 'number' && Number.isInteger(value) && isFloat(text)) {
      this.#wholeFloats.push([...this.#path]);
    }
    return value;
  }

  #tagged(event: ScalarEvent, text: string): unknown {
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    const span = { start: event.tagStart, end: event.tagEnd };
    const value = resolvePlain(text);
    switch (tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1')) {
      case '!':
      case '!!str':
      case '!!timestamp':
        return text;
      case '!!int':
      case '!!float':
        if (typeof value === 'number') return value;
        break;
      case '!!bool':
        if (typeof value === 'boolean') return value;
        break;
      case '!!null':
        return null;
      default:
        this.#fault(`unknown tag "${tag}"`, span);
        return text;
    }
    this.#fault(`tag "${tag}" does not fit "${text}"`, span);
    return text;
  }
}

function isOpening(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE;
}

/** Sets an own property, whatever its name. */
function setKey(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  } else map[key] = value;
}

/** Where an event begins, its quote or block indicator included; -1 for an empty value. */
export function eventStart(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      if (event.valueStart < 0) return -1;
      return event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
        ? event.valueStart - 1
        : event.valueStart;
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    default:
      return -1;
  }
}

/** The stretch of text of a scalar or alias; one unit for a collection. */
export function eventSpan(text: string, event: Event): Span {
  const start = eventStart(event);
  if (event.type === EVENT_ID.SCALAR) {
    if (start < 0) return { start: 0, end: 0 };
    if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK) {
      return { start: blockIndicator(text, event.valueStart), end: event.valueEnd };
    }
    return { start, end: event.valueEnd + (start < event.valueStart ? 1 : 0) };
  }
  if (event.type === EVENT_ID.ALIAS) return { start, end: event.anchorEnd };
  return { start: Math.max(0, start), end: Math.max(0, start) + 1 };
}

/** Offset of the `|` or `>` of a block scalar whose text begins at an offset. */
function blockIndicator(text: string, valueStart: number): number {
  let end = valueStart;
  if (text.charCodeAt(end - 1) === 10) end--;
  if (text.charCodeAt(end - 1) === 13) end--;
  let start = end;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  const header = /(?:^|[\s])([|>][-+0-9]*[ \t]*(?:[ \t]#.*)?)$/.exec(text.slice(start, end));
  return header === null ? valueStart : start + header.index + header[0].length - (header[1] ?? '').length;
}
