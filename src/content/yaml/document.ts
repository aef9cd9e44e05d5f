// One parsed YAML file that can say where each of its values, keys and characters stands.
import type { Event, ScalarEvent } from 'js-yaml';
import type { Diagnostic, Place, Span } from '../../diagnostic/diagnostic.js';
import { LineIndex } from '../../diagnostic/line-index.js';
import { eventSpan, type YamlFault } from './compose.js';
import { EVENT_ID, parseEvents } from './js-yaml.js';
import { originalOffset, type ParsedYaml, parseYaml } from './parse.js';
import { type MappedScalar, mapScalar } from './scalar-map.js';

/** A value of the document with its stretch of text; offsets count units of the padded text. */
export interface YamlNode {
  /** Undefined for a value that is not written, as after `name:`. */
  readonly span: Span | undefined;
  readonly scalar?: ScalarEvent;
  readonly items?: readonly YamlNode[];
  readonly entries?: ReadonlyMap<string, { readonly key: Span; readonly value: YamlNode }>;
}

/**
 * A YAML file with its value and its faults. Places are worked out on the first question, from a second look at the
 * text, for most files are never asked.
 */
export class YamlDocument {
  readonly file: string;
  readonly text: string;
  #parse: ParsedYaml | undefined;
  #lines: LineIndex | undefined;
  #root: YamlNode | undefined;
  #scalars: Map<ScalarEvent, MappedScalar> | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** Parsed on the first question: of a file that was read by an earlier run often only the text is wanted. */
  get #parsed(): ParsedYaml {
    this.#parse ??= parseYaml(this.text);
    return this.#parse;
  }

  /** Undefined when the text is no YAML. */
  get value(): unknown {
    return this.#parsed.value;
  }
  get wholeFloats(): ParsedYaml['wholeFloats'] {
    return this.#parsed.wholeFloats;
  }

  /** Whether parts of the value are missing because of a fault in the YAML. */
  get damaged(): boolean {
    return this.#parsed.damaged;
  }

  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines;
  }

  /** What is wrong with the text as YAML, under the code `yaml`. */
  diagnostics(): Diagnostic[] {
    return this.#parsed.faults.map((fault) => this.#diagnostic(fault));
  }

  #diagnostic(fault: YamlFault): Diagnostic {
    // A fault of a text that is no YAML has no paddings, so its span counts units of the text itself.
    const { severity, message, help, note } = fault;
    return {
      severity,
      code: 'yaml',
      message,
      ...this.#place(fault.span),
      ...(help === undefined ? {} : { help }),
      ...(note === undefined ? {} : { notes: [{ message: note.message, place: this.#place(note.span) }] }),
    };
  }

  #place(span: Span): Place {
    const { paddings } = this.#parsed;
    if (paddings.length === 0) return this.lines.place(this.file, span);
    const start = originalOffset(paddings, span.start);
    return this.lines.place(this.file, { start, end: originalOffset(paddings, span.end) });
  }

  /** The tree of nodes; a document that is no YAML has one node without a stretch. */
  get root(): YamlNode {
    this.#root ??= this.value === undefined ? { span: undefined } : buildTree(this.#parsed.padded);
    return this.#root;
  }

  /** The deepest node on a path, and how many segments of the path lead to it. */
  find(path: readonly (string | number)[]): { node: YamlNode; key: Span | undefined; depth: number } {
    let node = this.root;
    let key: Span | undefined;
    let depth = 0;
    for (const segment of path) {
      const entry = node.entries?.get(String(segment));
      const next = entry?.value ?? (typeof segment === 'number' ? node.items?.[segment] : undefined);
      if (next === undefined) break;
      node = next;
      key = entry?.key;
      depth++;
    }
    return { node, key, depth };
  }

  /** How many leading segments of a path are in the file. */
  depth(path: readonly (string | number)[]): number {
    return this.find(path).depth;
  }

  /**
   * Place of the value at a path; its key answers for an empty one, the nearest enclosing key for a missing one, and a
   * text that stands in the place of a list for its item.
   */
  valuePlace(path: readonly (string | number)[]): Place {
    const { node, depth } = this.find(path);
    if (depth < path.length && (depth === 0 || node.scalar === undefined || node.span === undefined))
      return this.#enclosing(path.slice(0, depth));
    if (node.span === undefined) return this.keyPlace(path);
    return this.#place(node.span);
  }

  /** Place of the key of a path, or of the item when the path ends in an index; a missing one as `valuePlace`. */
  keyPlace(path: readonly (string | number)[]): Place {
    const { node, key, depth } = this.find(path);
    if (depth < path.length || path.length === 0) return this.#enclosing(path.slice(0, depth));
    const span = key ?? node.span;
    if (span === undefined) return this.#enclosing(path.slice(0, -1));
    return this.#place(span);
  }

  /** Where something that is missing from the value at a path is reported: its key, or the first unit of an item. */
  #enclosing(path: readonly (string | number)[]): Place {
    for (let length = path.length; length > 0; length--) {
      const { node, key } = this.find(path.slice(0, length));
      if (key !== undefined) return this.#place(key);
      if (node.span !== undefined) {
        return this.#place({ start: node.span.start, end: Math.min(node.span.start + 1, node.span.end) });
      }
    }
    const first = this.root.entries?.values().next().value?.key ?? this.root.span ?? { start: 0, end: 0 };
    return this.#place({ start: first.start, end: Math.min(first.end, first.start + 1) });
  }

  /** Place of a stretch of the decoded text at a path; the whole value's place when it is no text. */
  spanPlace(path: readonly (string | number)[], span: Span): Place {
    const { node, depth } = this.find(path);
    if (depth < path.length || node.scalar === undefined || node.span === undefined) {
      return this.valuePlace(path);
    }
    const { offsets } = this.#mapped(node.scalar);
    const last = offsets.length - 1;
    const start = offsets[Math.max(0, Math.min(span.start, last))] ?? 0;
    const end = offsets[Math.max(0, Math.min(span.end, last))] ?? start;
    return this.#place({ start, end: Math.max(start, end) });
  }

  #mapped(event: ScalarEvent): MappedScalar {
    this.#scalars ??= new Map();
    let mapped = this.#scalars.get(event);
    if (mapped === undefined) {
      mapped = mapScalar(this.#parsed.padded, event);
      this.#scalars.set(event, mapped);
    }
    return mapped;
  }

  /** Lines in which a scalar or its key begins, with the last line of that scalar. */
  scalarLines(): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    const visit = (node: YamlNode, start: Span | undefined): void => {
      const { span } = node;
      if (span === undefined) return;
      if (node.scalar !== undefined) {
        const { line } = this.#place(start ?? span);
        // A block ends behind its last line break, where the next line begins.
        const { endLine, endColumn } = this.#place(span);
        const last = endColumn === 1 && endLine > line ? endLine - 1 : endLine;
        found.set(line, Math.max(last, found.get(line) ?? line));
      }
      for (const item of node.items ?? []) visit(item, undefined);
      for (const entry of node.entries?.values() ?? []) visit(entry.value, entry.key);
    };
    visit(this.root, undefined);
    return found;
  }

  /** The text of a scalar as written in the file, quotes included; undefined for anything else. */
  written(path: readonly (string | number)[]): string | undefined {
    const { node, depth } = this.find(path);
    if (depth < path.length || node.scalar === undefined || node.span === undefined) return undefined;
    return this.#parsed.padded.slice(node.span.start, node.span.end);
  }

  /** Place of a stretch of the file's own text. */
  textPlace(span: Span): Place {
    return this.lines.place(this.file, span);
  }
}

function buildTree(text: string): YamlNode {
  const events: readonly Event[] = parseEvents(text, {});
  const anchors = new Map<string, YamlNode>();
  let at = 1; // behind the start of the document

  const read = (): YamlNode => {
    const event = events[at++];
    if (event === undefined) return { span: undefined };
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const written = event.valueStart >= 0;
        const node: YamlNode = { span: written ? contentSpan(text, event) : undefined, scalar: event };
        return remember(event, node);
      }
      case EVENT_ID.SEQUENCE: {
        const items: YamlNode[] = [];
        const node = remember(event, { span: { start: event.start, end: event.start + 1 }, items });
        while (!closed()) {
          const item = read();
          const before = items.at(-1)?.span?.end ?? event.start;
          items.push(item.span === undefined ? { ...item, span: emptyItem(text, before) } : item);
        }
        return widen(node, items);
      }
      case EVENT_ID.MAPPING: {
        const entries = new Map<string, { key: Span; value: YamlNode }>();
        const node = remember(event, { span: { start: event.start, end: event.start + 1 }, entries });
        readEntries(entries);
        return widen(
          node,
          [...entries.values()].map((entry) =>
            entry.value.span === undefined ? { span: entry.key } : entry.value,
          ),
        );
      }
      case EVENT_ID.ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        return { ...target, span: eventSpan(text, event) };
      }
      default:
        return { span: undefined };
    }
  };
  const closed = (): boolean => {
    const event = events[at];
    if (event !== undefined && event.type !== EVENT_ID.POP) return false;
    at++;
    return true;
  };
  const readEntries = (entries: Map<string, { key: Span; value: YamlNode }>): void => {
    const merged: YamlNode[] = [];
    while (!closed()) {
      const keyEvent = events[at];
      if (keyEvent === undefined) return;
      const keyNode = read();
      const key = keyNode.scalar === undefined ? '' : mapScalar(text, keyNode.scalar).value;
      const span = keyNode.span ?? eventSpan(text, keyEvent);
      const value = read();
      if (key === '<<') merged.push(...(value.items ?? [value]));
      else if (!entries.has(key)) entries.set(key, { key: span, value });
    }
    for (const source of merged) {
      for (const [key, entry] of source.entries ?? []) if (!entries.has(key)) entries.set(key, entry);
    }
  };
  const remember = (event: Exclude<Event, { type: typeof EVENT_ID.ALIAS }>, node: YamlNode): YamlNode => {
    if ('anchorStart' in event && event.anchorStart >= 0) {
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
    }
    return node;
  };
  return read();
}

/** The dash of an item that holds nothing, the first such at or behind an offset. */
function emptyItem(text: string, from: number): Span | undefined {
  const dash = /-(?=[ \t]*(?:#[^\n]*)?(?:\r?\n|$))/g;
  dash.lastIndex = from;
  const start = dash.exec(text)?.index;
  return start === undefined ? undefined : { start, end: start + 1 };
}

/** The stretch of a scalar; a block scalar ends with its last line, not with the break behind it. */
function contentSpan(text: string, event: ScalarEvent): Span {
  const span = eventSpan(text, event);
  let { end } = span;
  while (end > span.start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return { start: span.start, end };
}

function widen(node: YamlNode, children: readonly YamlNode[]): YamlNode {
  const span = node.span as { start: number; end: number };
  for (const child of children) if (child.span !== undefined) span.end = Math.max(span.end, child.span.end);
  return node;
}
