// Standard input that can be scanned more than once: a search with subsearches reads its data again.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { fileDiagnostic } from './inputs.js';
import { openTemporaryFile, type TemporaryFile } from './temporary-file.js';

// What is kept for a second scan; a larger input can be scanned once.
const KEPT_BYTES = 2 ** 29;
// What is kept in memory of it; more lies in a temporary file.
const HELD_BYTES = 2 ** 23;
const READ_BYTES = 2 ** 20;

/** Hands out a stream's bytes, and keeps them for later scans as long as they are few. */
export class SpooledInput {
  readonly #stream: AsyncIterable<Uint8Array>;
  /** The first bytes, while the whole is kept. */
  #held: Uint8Array[] | null = [];
  #size = 0;
  /** The bytes behind those. */
  #file: TemporaryFile | null = null;
  #started = false;
  #complete = false;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream;
  }

  /** The stream's bytes from its beginning. */
  async *chunks(report: (diagnostic: Diagnostic) => void): AsyncGenerator<Uint8Array> {
    if (this.#started) {
      if (this.#held === null || !this.#complete) {
        const message = 'standard input was read before and is too large to be kept; give a file instead';
        report(fileDiagnostic('error', 'unreadable-file', 'stdin', message));
        return;
      }
      yield* this.#held;
      const end = this.#file?.end ?? 0;
      for (let at = 0; at < end; at += READ_BYTES)
        yield (this.#file as TemporaryFile).read(at, Math.min(READ_BYTES, end - at));
      return;
    }
    this.#started = true;
    for await (const given of this.#stream) {
      const chunk = Uint8Array.from(typeof given === 'string' ? Buffer.from(given) : given);
      this.#keep(chunk);
      yield chunk;
    }
    this.#complete = true;
  }

  #keep(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#held === null) return;
    if (this.#size > KEPT_BYTES) return this.#forget();
    if (this.#size > HELD_BYTES) this.#file ??= openTemporaryFile();
    // Where no file can be made the memory has to do.
    if (this.#file === null) this.#held.push(chunk);
    else
      try {
        this.#file.append(chunk);
      } catch {
        this.#forget();
      }
  }

  #forget(): void {
    this.#file?.close();
    this.#file = null;
    this.#held = null;
  }
}
