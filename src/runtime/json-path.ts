// Paths into JSON as Splunk writes them: `a.b{0}.c{}`; reading, setting, appending and deleting by path.
import { JsonNumber, type JsonValue, stringifyJson } from './json.js';
import { formatNumber } from './number.js';
import type { FieldValue, Scalar } from './value.js';

/** One step: a key, an index, or every item. */
export type PathStep =
  | { readonly key: string }
  | { readonly index: number }
  | { readonly every: true }
  | { readonly attribute: string };

const cache = new Map<string, readonly PathStep[] | null>();

/** Parses a path; null when its braces are wrong. The empty path is the whole value. */
export function parsePath(path: string): readonly PathStep[] | null {
  let steps = cache.get(path);
  if (steps === undefined) {
    steps = readPath(path);
    if (cache.size >= 2000) cache.clear();
    cache.set(path, steps);
  }
  return steps;
}

function readPath(path: string): readonly PathStep[] | null {
  const steps: PathStep[] = [];
  let i = 0;
  while (i < path.length) {
    const c = path[i];
    if (c === '{') {
      const close = path.indexOf('}', i);
      if (close < 0) return null;
      const inner = path.slice(i + 1, close).trim();
      if (inner === '') steps.push({ every: true });
      else if (/^-?\d+$/.test(inner)) steps.push({ index: Number(inner) });
      else if (inner.startsWith('@')) steps.push({ attribute: inner.slice(1) });
      else return null;
      i = close + 1;
      continue;
    }
    if (c === '.') {
      i++;
      continue;
    }
    let end = i;
    while (end < path.length && path[end] !== '.' && path[end] !== '{') end++;
    let key = path.slice(i, end);
    if (/^'.*'$/s.test(key) || /^".*"$/s.test(key)) key = key.slice(1, -1);
    steps.push({ key });
    i = end;
  }
  return steps;
}

/** Every value that a path reaches, in order. */
export function selectJson(root: JsonValue, steps: readonly PathStep[]): JsonValue[] {
  let values: JsonValue[] = [root];
  for (const step of steps) {
    const next: JsonValue[] = [];
    for (const value of values) {
      if ('key' in step) {
        if (value instanceof Map) {
          const found = value.get(step.key);
          if (found !== undefined) next.push(found);
        }
      } else if (!Array.isArray(value)) continue;
      else if ('every' in step) for (const item of value) next.push(item);
      else if ('index' in step) {
        const found = value[step.index < 0 ? value.length + step.index : step.index];
        if (found !== undefined) next.push(found);
      }
    }
    values = next;
  }
  return values;
}

/** Whether a path can reach more than one value. */
export function isMultiple(steps: readonly PathStep[]): boolean {
  return steps.some((step) => 'every' in step);
}

/** A JSON value as a field value: numbers as numbers where that keeps their text, objects and arrays as JSON text. */
export function scalarOf(value: JsonValue): Scalar {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof JsonNumber) return numberOf(value);
  return stringifyJson(value);
}

/** A JSON number as a number where printing it gives its text again, else as its text. */
export function numberOf(value: JsonNumber): Scalar {
  const number = Number(value.text);
  return formatNumber(number) === value.text ? number : value.text;
}

/** Like scalarOf, but JSON null is null. */
export function nativeOf(value: JsonValue): FieldValue {
  return value === null ? null : scalarOf(value);
}

/**
 * Sets the value at a path in place and returns the root; missing keys are made, an index beyond the end is ignored.
 * `{}` sets every item.
 */
export function setJson(root: JsonValue, steps: readonly PathStep[], value: JsonValue): JsonValue {
  if (steps.length === 0) return value;
  const [step, ...rest] = steps as [PathStep, ...PathStep[]];
  if ('key' in step) {
    if (!(root instanceof Map)) return root;
    const child = root.get(step.key);
    if (child === undefined && rest.some((s) => !('key' in s))) return root;
    root.set(step.key, setJson(child ?? new Map<string, JsonValue>(), rest, value));
    return root;
  }
  if (!Array.isArray(root)) return root;
  if ('every' in step) {
    for (let i = 0; i < root.length; i++) root[i] = setJson(root[i] as JsonValue, rest, value);
  }
  if ('index' in step) {
    const i = step.index < 0 ? root.length + step.index : step.index;
    const item = root[i];
    if (item !== undefined) root[i] = setJson(item, rest, value);
  }
  return root;
}

/** Replaces each value that a path reaches by what `change` makes of it, in place, and returns the root. */
export function updateJson(
  root: JsonValue,
  steps: readonly PathStep[],
  change: (value: JsonValue) => JsonValue,
): JsonValue {
  if (steps.length === 0) return change(root);
  const [step, ...rest] = steps as [PathStep, ...PathStep[]];
  if ('key' in step) {
    const child = root instanceof Map ? root.get(step.key) : undefined;
    if (root instanceof Map && child !== undefined) root.set(step.key, updateJson(child, rest, change));
  } else if (Array.isArray(root)) {
    if ('every' in step) {
      for (let i = 0; i < root.length; i++) root[i] = updateJson(root[i] as JsonValue, rest, change);
    } else if ('index' in step) {
      const i = step.index < 0 ? root.length + step.index : step.index;
      const item = root[i];
      if (item !== undefined) root[i] = updateJson(item, rest, change);
    }
  }
  return root;
}

/** Deletes what a path reaches, in place. */
export function deleteJson(root: JsonValue, steps: readonly PathStep[]): void {
  const last = steps[steps.length - 1];
  if (last === undefined) return;
  for (const parent of selectJson(root, steps.slice(0, -1))) {
    if ('key' in last && parent instanceof Map) parent.delete(last.key);
    else if ('index' in last && Array.isArray(parent)) {
      const i = last.index < 0 ? parent.length + last.index : last.index;
      if (i >= 0 && i < parent.length) parent.splice(i, 1);
    } else if ('every' in last && Array.isArray(parent)) parent.length = 0;
  }
}
