// Whether keys of objects are unique, asked again and again while a repository is watched, where they seldom change.

/** Remembers the last keys that were, for as long as there is room. */
export class Unique {
  #last: WeakRef<readonly string[]> | undefined;

  /** Whether each key is there once; `foldCase` says when case does not count. */
  holds(keys: readonly string[], foldCase = false): boolean {
    const last = this.#last?.deref() ?? [];
    if (keys.length === last.length && keys.every((key, index) => key === last[index])) return true;
    const folded = foldCase ? keys.map((key) => key.toLowerCase()) : keys;
    const isUnique = new Set(folded).size === keys.length;
    if (isUnique) this.#last = new WeakRef(keys);
    return isUnique;
  }
}
