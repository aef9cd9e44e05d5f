// Remembers what rules found in an object for as long as neither it nor what they may ask about others changes.
import type { ContentObject, Repository } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Rule, RuleContext } from './rule.js';

/** Kinds whose whole content other objects' checks look into, not only name and status. */
const shared = new Set<ContentObject['kind']>(['macro', 'lookup', 'deployment', 'schedule', 'dataSource']);

/** Results by object. An object read anew is a new object, so that its old result is never found. */
export class ResultCache {
  readonly #results = new WeakMap<
    ContentObject,
    { readonly key: string; readonly found: readonly Diagnostic[] }
  >();
  readonly #numbers = new WeakMap<object, number>();
  #next = 0;

  /** A text that is the same for the same content of an object. */
  protected identity(object: ContentObject): string {
    let number = this.#numbers.get(object);
    if (number === undefined) {
      number = this.#next++;
      this.#numbers.set(object, number);
    }
    return String(number);
  }

  /** All that the check of one object may know of the rest of the repository, as one text. */
  keyOf(
    repository: Repository,
    objects: readonly ContentObject[],
    rules: readonly Rule[],
    context: RuleContext,
  ): string {
    const parts = [
      JSON.stringify([repository.app, repository.settings]),
      context.today,
      String(rules.length),
      ...context.faultyFiles,
    ];
    for (const object of objects) {
      parts.push(
        shared.has(object.kind) ? this.identity(object) : `${object.file}\0${object.name}\0${object.status}`,
      );
      if (object.kind === 'detection') parts.push(object.id ?? '');
    }
    return parts.join('\n');
  }

  get(object: ContentObject, key: string): readonly Diagnostic[] | undefined {
    const result = this.#results.get(object);
    return result !== undefined && result.key === key ? result.found : undefined;
  }

  /** Keeps what was found. `files` are those that the check looked at; what depends on any is not kept here. */
  set(object: ContentObject, key: string, found: readonly Diagnostic[], files: readonly string[]): void {
    if (files.length > 0) return;
    this.#results.set(object, { key, found });
  }
}
