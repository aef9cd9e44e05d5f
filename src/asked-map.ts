// A map that notes what it is asked for, so that what was made with it can be kept for as long as the answers are the same.

/** Stands for everything among the names that were asked for. */
export const everyName = '*';

/** Reads another map. */
export class AskedMap<V> implements ReadonlyMap<string, V> {
  readonly #map: ReadonlyMap<string, V>;
  #names = new Set<string>();

  constructor(map: ReadonlyMap<string, V>) {
    this.#map = map;
  }

  /** The names since the last call, whether or not there was anything of that name; `everyName` alone for all. */
  take(): string[] {
    const names = this.#names.has(everyName) ? [everyName] : [...this.#names];
    this.#names = new Set();
    return names;
  }

  get(name: string): V | undefined {
    this.#names.add(name);
    return this.#map.get(name);
  }
  has(name: string): boolean {
    this.#names.add(name);
    return this.#map.has(name);
  }
  #whole(): ReadonlyMap<string, V> {
    this.#names.add(everyName);
    return this.#map;
  }
  get size(): number {
    return this.#whole().size;
  }
  keys(): MapIterator<string> {
    return this.#whole().keys();
  }
  values(): MapIterator<V> {
    return this.#whole().values();
  }
  entries(): MapIterator<[string, V]> {
    return this.#whole().entries();
  }
  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.#whole().entries();
  }
  forEach(each: (value: V, name: string, map: ReadonlyMap<string, V>) => void): void {
    this.#whole().forEach(each);
  }
}
