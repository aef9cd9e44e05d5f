// The functions behind `apply` operators, by kind and name.

import type { FieldValue } from '../value.js';
import type { GenerateFunction, RowFunction, RowsFunction, ValuesFunction } from './apply.js';
import { binRows, binValue } from './bin.js';
import { convertRow, convertValue } from './convert.js';
import { fillNullRows } from './fillnull.js';
import { rexSed, rexValues } from './rex.js';

const valuesFunctions: Readonly<Record<string, ValuesFunction>> = {
  bin: binValue,
  convert: convertValue,
  rex: rexValues,
  sed: rexSed,
};
const rowFunctions: Readonly<Record<string, RowFunction>> = { convert: convertRow };
const rowsFunctions: Readonly<Record<string, RowsFunction>> = { bin: binRows, fillnull: fillNullRows };
const generateFunctions: Readonly<Record<string, GenerateFunction>> = {};

function named<F>(functions: Readonly<Record<string, F>>, name: string): F {
  const found = functions[name];
  if (found === undefined) throw new Error(`no runtime function "${name}"`);
  return found;
}

/** A function from values to values. */
export function valuesFunction(name: string): ValuesFunction {
  return named(valuesFunctions, name);
}
/** A function that changes rows one at a time. */
export function rowFunction(name: string): RowFunction {
  return named(rowFunctions, name);
}
/** A function from rows to rows. */
export function rowsFunction(name: string): RowsFunction {
  return named(rowsFunctions, name);
}
/** A function that makes rows. */
export function generateFunction(name: string): GenerateFunction {
  return named(generateFunctions, name);
}

/** The result of a function of values that writes one field. */
export function oneValue(result: FieldValue | readonly FieldValue[]): FieldValue {
  return result as FieldValue;
}
/** The results of a function of values that writes several fields. */
export function listOfValues(result: FieldValue | readonly FieldValue[]): readonly FieldValue[] {
  return result as readonly FieldValue[];
}
