// Maps that hold what was asked for lately, so that what is edited for hours takes no more memory than at first.

/** How much several maps hold together: what nobody asked for while so many entries came in is forgotten. */
export class Age {
  readonly #most: number;
  #count = 0;
  /** Grows by one with every `most` entries. */
  era = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(): void {
    if (++this.#count <= this.#most) return;
    this.era++;
    this.#count = 0;
  }
}

/** A map of values that are never undefined; of an entry that is there it may say later that it is not. */
export class RecentMap<K, V> {
  readonly #age: Age;
  #era: number;
  #young = new Map<K, V>();
  #old: Map<K, V> | undefined;

  constructor(age: Age) {
    this.#age = age;
    this.#era = age.era;
  }

  get(key: K): V | undefined {
    if (this.#era !== this.#age.era) this.#turn();
    const value = this.#young.get(key);
    if (value !== undefined || this.#old === undefined) return value;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    this.#age.add();
    if (this.#era !== this.#age.era) this.#turn();
    this.#young.set(key, value);
  }

  #turn(): void {
    this.#old = this.#era === this.#age.era - 1 ? this.#young : undefined;
    this.#young = new Map();
    this.#era = this.#age.era;
  }
}
