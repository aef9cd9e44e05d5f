// One string object for equal texts of a field: less memory, and comparing and grouping them is looking at a pointer.
import type { Row } from '../runtime/value.js';

/** Texts of a field that are shared; one with more distinct texts is left as it is. */
const mostTexts = 4096;
const longestText = 256;

/** Makes equal texts of rows the same object, field by field. */
export class SharedTexts {
  readonly #fields = new Map<string, Map<string, string> | null>();

  /** Takes a row, whose short texts may be replaced by equal ones. */
  share(row: Row): void {
    for (const name of Object.keys(row)) {
      const value = row[name];
      if (typeof value !== 'string' || value.length > longestText) continue;
      let texts = this.#fields.get(name);
      if (texts === null) continue;
      if (texts === undefined) {
        texts = new Map();
        this.#fields.set(name, texts);
      }
      const known = texts.get(value);
      if (known !== undefined) row[name] = known;
      else if (texts.size < mostTexts) texts.set(value, value);
      else this.#fields.set(name, null);
    }
  }
}
