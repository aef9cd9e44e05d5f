// Checks some objects as if macros had been edited, so that the first edit is answered by code that has run before.
import type { LoadedContent } from '../content/load.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { checkInTurn, type ObjectOptions } from './check-objects.js';
import { createContext } from './context.js';
import { ResultCache } from './result-cache.js';
import type { Rule } from './rule.js';

/** Objects that are checked: enough for the engine to make fast code of what they run through. */
const mostObjects = 300;

/** Finds what it knows, and has it looked for again. */
class Rehearsal extends ResultCache {
  override get(...asked: Parameters<ResultCache['get']>): readonly Diagnostic[] | undefined {
    super.get(...asked);
    return undefined;
  }
}

/**
 * Checks detections again and again, with searches read in one way after the other. Nothing is kept of what is found.
 * Each step is short.
 */
export function* rehearse(
  loaded: LoadedContent,
  rules: readonly Rule[],
  today: string,
  readings: readonly Pick<ObjectOptions, 'analyse' | 'environment'>[],
): Generator<unknown> {
  const { detections } = loaded.content;
  const every = Math.max(1, Math.floor(detections.length / mostObjects));
  const some = detections.filter((_, index) => index % every === 0);
  const cache = new Rehearsal();
  const context = createContext(loaded, today);
  for (const reading of readings) yield* checkInTurn(some, rules, context, { ...reading, cache }, () => {});
}
