// Values and rows: what flows through a search at run time, and why field names can never reach a prototype.

/** One value of a multivalue field. */
export type Scalar = string | number;

/**
 * The value of a field. A multivalue is an array of two or more scalars; one value is always the bare scalar, and
 * none is `null` or absence. Booleans only come in from callers' events and read as the strings `true` and `false`.
 */
export type FieldValue = string | number | boolean | null | Scalar[];

/** A record. Names are arbitrary text, `__proto__` included: rows are made by `createRow` and read with care. */
export type Row = Record<string, FieldValue>;

// A constructor whose prototype is empty gives objects that V8 keeps in fast mode, unlike Object.create(null),
// while `row['__proto__']` and `row['constructor']` are ordinary fields. The types have no way to call a function with
// "new"; a class would have one, but a prototype that cannot be replaced.
const RowObject = function RowObject() {} as unknown as { new (): Row; prototype: unknown };
RowObject.prototype = Object.freeze(Object.create(null));

/** Returns a new row without fields, on which any name, `__proto__` included, is an ordinary own property. */
export function createRow(): Row {
  return new RowObject();
}

/** Whether a value is a multivalue. */
export function isMultivalue(value: FieldValue): value is Scalar[] {
  return Array.isArray(value);
}
