// Takes typed values out of a YAML mapping; what has the wrong type is left out, for the schema has reported it.

/** A YAML mapping. Only own keys count. */
export type Raw = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own value of a key. */
export function get(raw: Raw, key: string): unknown {
  return Object.hasOwn(raw, key) ? raw[key] : undefined;
}

/** The mapping under a key; an empty one when there is none. */
export function mapping(raw: Raw, key: string): Raw {
  const value = get(raw, key);
  return isRaw(value) ? value : {};
}

/** The text under a key; numbers and booleans as text; undefined when there is none. */
export function optionalText(raw: Raw, key: string): string | undefined {
  const value = get(raw, key);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The text under a key, '' when there is none. */
export function text(raw: Raw, key: string): string {
  return optionalText(raw, key) ?? '';
}

/** The text under a key as `text`, but '' for what is none: a number or a boolean in the place of a search. */
export function written(raw: Raw, key: string): string {
  const value = get(raw, key);
  return typeof value === 'string' ? value : '';
}

/** The number under a key, also when it is written as text of digits. */
export function optionalNumber(raw: Raw, key: string): number | undefined {
  const value = get(raw, key);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** The boolean under a key, also when it is written as the text `true` or `false`. */
export function optionalFlag(raw: Raw, key: string): boolean | undefined {
  const value = get(raw, key);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The texts of a list; a single text is a list of one. Other values are left out. */
export function texts(raw: Raw, key: string): readonly string[] {
  const value = get(raw, key);
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  return value.every(isText) ? value : value.filter(isText);
}

/** The list under a key; an empty one when there is none. */
export function list(raw: Raw, key: string): readonly unknown[] {
  const value = get(raw, key);
  return Array.isArray(value) ? value : [];
}

/** The mappings of a list with their indexes in it. */
export function mappings(raw: Raw, key: string): (readonly [number, Raw])[] {
  return list(raw, key).flatMap((item, index) => (isRaw(item) ? [[index, item] as const] : []));
}

/** `{ [key]: value }`, or nothing when the value is undefined: for optional properties. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
