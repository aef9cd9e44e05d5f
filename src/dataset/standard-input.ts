// Standard input that can be scanned more than once: a search with subsearches reads its data again.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { fileDiagnostic } from './inputs.js';

// What is kept for a second scan; a larger input can be scanned once.
const KEPT_BYTES = 2 ** 29;

/** Hands out a stream's bytes, and keeps them for later scans as long as they are few. */
export class SpooledInput {
  readonly #stream: AsyncIterable<Uint8Array>;
  #kept: Uint8Array[] | null = [];
  #size = 0;
  #started = false;
  #complete = false;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream;
  }

  /** The stream's bytes from its beginning. */
  async *chunks(report: (diagnostic: Diagnostic) => void): AsyncGenerator<Uint8Array> {
    if (this.#started) {
      if (this.#kept === null || !this.#complete) {
        const message = 'standard input was read before and is too large to be kept; give a file instead';
        report(fileDiagnostic('error', 'unreadable-file', 'stdin', message));
        return;
      }
      yield* this.#kept;
      return;
    }
    this.#started = true;
    for await (const given of this.#stream) {
      const chunk = Uint8Array.from(typeof given === 'string' ? Buffer.from(given) : given);
      this.#size += chunk.length;
      if (this.#size > KEPT_BYTES) this.#kept = null;
      this.#kept?.push(chunk);
      yield chunk;
    }
    this.#complete = true;
  }
}
