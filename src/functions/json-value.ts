// Field values as JSON, for the functions that build JSON, and what those functions share.
import { cloneJson, JsonNumber, type JsonValue, parseJson, stringifyJson } from '../runtime/json.js';
import { type PathStep, parsePath } from '../runtime/json-path.js';
import { textOf } from '../runtime/multivalue.js';
import { formatNumber } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';
import type { ArgumentShape, EvalContext, Evaluate } from './function.js';
import { readsAsNumber } from './shapes.js';

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The JSON of a field value: text that is a JSON object or array is taken as such, a multivalue is an array;
 * `numeric` says whether text that reads as a number is one, as for fields.
 */
export function jsonOfValue(value: FieldValue | undefined, numeric: boolean): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? new JsonNumber(formatNumber(value)) : null;
  if (typeof value === 'object') return value.map((item) => jsonOfValue(item, numeric));
  const first = value.charCodeAt(0);
  if (first === 123 || first === 91) {
    const parsed = parseJson(value);
    if (parsed !== undefined) return parsed;
  }
  return numeric && jsonNumber.test(value) ? new JsonNumber(value) : value;
}

/** The JSON that a value's text is; null for text that is none (Multivalue eval functions, mv_to_json_array). */
export function inferJson(value: FieldValue | undefined): JsonValue {
  return typeof value === 'string' ? (parseJson(value) ?? null) : jsonOfValue(value, true);
}

/** A function over argument values that is told for each argument whether its text may be a number. */
export type JsonEvaluate = (
  args: readonly FieldValue[],
  numeric: (argument: number) => boolean,
  context: EvalContext,
) => FieldValue;

/** `evaluate` and `prepare` of a function that builds JSON from its arguments. */
export function buildsJson(apply: JsonEvaluate): {
  evaluate: Evaluate;
  prepare: (shapes: readonly ArgumentShape[]) => Evaluate;
} {
  return {
    evaluate: (context, ...args) => apply(args, () => false, context),
    prepare: (shapes) => {
      const numeric = shapes.map(readsAsNumber);
      return (context, ...args) => apply(args, (argument) => numeric[argument] === true, context);
    },
  };
}

/** Parses the document argument of a JSON function. */
export function documentOf(value: FieldValue | undefined): JsonValue | undefined {
  if (typeof value === 'object' && value !== null) return undefined;
  const text = textOf(value);
  return text === null ? undefined : parseJson(text);
}

/** Applies a change for each path and value pair that follows the document, and writes the document. */
export function changeJson(
  args: readonly FieldValue[],
  numeric: (argument: number) => boolean,
  change: (document: JsonValue, steps: readonly PathStep[], value: JsonValue, path: string) => JsonValue,
): FieldValue {
  const document = documentOf(args[0]);
  if (document === undefined) return null;
  let result = cloneJson(document);
  for (let i = 1; i + 1 < args.length; i += 2) {
    const path = textOf(args[i]);
    const steps = path === null ? null : parsePath(path);
    if (steps === null) continue;
    result = change(result, steps, jsonOfValue(args[i + 1], numeric(i + 1)), path as string);
  }
  return stringifyJson(result);
}
