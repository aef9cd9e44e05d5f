// Gathers the catalogues into the one value that the stages are handed.
import { aggregates } from './aggregates/index.js';
import { commands } from './commands/index.js';
import { fold } from './evaluator-runtime.js';
import { functions } from './functions/index.js';
import { byName } from './syntax/language.js';

/** All commands, functions and aggregates, by every name they answer to. */
export const language = {
  commands: byName(commands),
  functions: byName(functions),
  aggregates: byName(aggregates),
  fold,
};

export type Language = typeof language;
