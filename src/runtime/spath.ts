// spath: values of JSON and XML texts by path, and all fields of such a text with their path names.
import { type JsonSpans, type JsonValue, parseJson, parseJsonStart, stringifyJson } from './json.js';
import { type PathStep, parsePath, scalarOf, selectJson } from './json-path.js';
import { fromValues } from './multivalue.js';
import type { FieldValue, Scalar } from './value.js';
import { parseXml, type XmlElement } from './xml.js';

/** Reads the values at a path of a JSON or XML text; null when there are none or the text is neither. */
export function spath(text: string, path: string): FieldValue {
  const steps = parsePath(path);
  if (steps === null) return null;
  const start = text.search(/\S/);
  if (start < 0) return null;
  if (text[start] === '<') {
    const root = parseXml(text);
    return root === null ? null : fromValues(selectXml(root, steps));
  }
  const json = parseJsonStart(text);
  if (json === undefined) return null;
  const found = selectJson(json, steps);
  if (!found.some((value) => Array.isArray(value) || value instanceof Map))
    return fromValues(found.map(scalarOf));
  const spans: JsonSpans = new WeakMap();
  const again = selectJson(parseJsonStart(text, spans) as JsonValue, steps);
  return fromValues(again.map((value) => written(value, text, spans)));
}

/** Objects and arrays come out as they were written. */
function written(value: JsonValue, text: string, spans: JsonSpans): Scalar {
  if (value === null || typeof value !== 'object') return scalarOf(value);
  const span = spans.get(value);
  return span === undefined ? scalarOf(value) : text.slice(span[0], span[1]);
}

/**
 * Every leaf of a JSON or XML text under its path name: `a.b`, `list{}`, `list{}.key`, `tag{@attribute}`; several
 * values under one name are a multivalue. Empty for a text that is neither; of JSON with a fault, and of text that was
 * cut off, what stands before.
 */
export function spathAll(text: string, isCut = false): Map<string, FieldValue> {
  const found = new Map<string, Scalar[]>();
  const add = (name: string, value: Scalar) => {
    const list = found.get(name);
    if (list === undefined) found.set(name, [value]);
    else list.push(value);
  };
  const start = text.search(/\S/);
  if (start >= 0 && text[start] === '<') {
    const root = parseXml(text, isCut);
    if (root !== null) flattenXml(root, root.name, add);
  } else if (start >= 0 && (text[start] === '{' || text[start] === '[')) {
    const json = parseJsonStart(text);
    if (json !== undefined) flattenJson(json, '', add);
  }
  const out = new Map<string, FieldValue>();
  for (const [name, values] of found) out.set(name, fromValues(values));
  return out;
}

/** Calls `add` for each leaf of a JSON value with its path name, in document order. */
export function flattenJson(
  value: JsonValue,
  name: string,
  add: (name: string, value: Scalar) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) flattenJson(item, `${name}{}`, add);
  } else if (value instanceof Map) {
    for (const [key, item] of value) flattenJson(item, name === '' ? key : `${name}.${key}`, add);
  } else add(name, scalarOf(value));
}

function flattenXml(element: XmlElement, name: string, add: (name: string, value: Scalar) => void): void {
  for (const [attribute, value] of element.attributes) add(`${name}{@${attribute}}`, value);
  if (element.children.length === 0 || element.text !== '') {
    if (element.text !== '') add(name, element.text);
  }
  for (const child of element.children) flattenXml(child, `${name}.${child.name}`, add);
}

function selectXml(root: XmlElement, steps: readonly PathStep[]): Scalar[] {
  let elements: XmlElement[] = [{ name: '', attributes: new Map(), children: [root], text: '', inner: '' }];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as PathStep;
    if ('key' in step) {
      const next: XmlElement[] = [];
      // an index in XML counts from 1 among the elements of the name below one parent
      const after = steps[i + 1];
      for (const element of elements) {
        const named = element.children.filter((child) => child.name === step.key);
        if (after !== undefined && 'index' in after) {
          const one = named[after.index < 0 ? named.length + after.index : after.index - 1];
          if (one !== undefined) next.push(one);
        } else for (const item of named) next.push(item);
      }
      elements = next;
    } else if ('attribute' in step) {
      const out: Scalar[] = [];
      for (const element of elements) {
        const value = element.attributes.get(step.attribute);
        if (value !== undefined) out.push(value);
      }
      return out;
    }
  }
  return elements.map((element) => (element.children.length > 0 ? element.inner : element.text));
}

/** Parses and writes a JSON text without blanks; null when it is no JSON. */
export function compactJson(text: string): string | null {
  const value = parseJson(text);
  return value === undefined ? null : stringifyJson(value);
}
