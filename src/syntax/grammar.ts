// How a command's arguments are read and written: one description gives the parser, the printer and the usage text.
import type { Parser } from './parser.js';

/** Reads arguments of shape `A` from the text and prints them so that reading gives the same again. */
export interface Grammar<A> {
  /** Throws a syntax fault (caught by the pipeline parser, which resumes at the next pipe). */
  readonly parse: (parser: Parser) => A;
  readonly print: (value: A) => string;
}
