// Turns text from SPL and data into literals: the only way any of it gets into generated code.

/** A JavaScript string literal that is safe in a module and inside a script element. */
export function quote(text: string): string {
  const json = JSON.stringify(text);
  if (!/[\u2028\u2029<\u007f]/.test(json)) return json;
  return (
    json
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029')
      // Only these end or begin something inside a script element; patterns stay readable.
      .replace(/<(?=[/!]|script)/gi, '\\u003c')
      .replaceAll('\u007f', '\\u007f')
  );
}

/**
 * A literal of plain data. Names that are not plain words are written as computed keys, so that `__proto__` is an
 * ordinary name.
 */
export function literal(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'Number.NaN';
    if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(
        ([name, item]) => `${/^[a-z][A-Za-z0-9]*$/.test(name) ? name : `[${quote(name)}]`}: ${literal(item)}`,
      );
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  throw new Error(`no literal for a ${typeof value}`);
}

/** A readable identifier for a field: a dollar sign, then its letters and digits. Never clashes with our own names. */
export function fieldIdentifier(name: string): string {
  return `$${name.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, 40)}`;
}
