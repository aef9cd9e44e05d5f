// A file for what does not fit into memory: without a name, and gone with the process.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFile {
  /** Bytes that it holds. */
  readonly end: number;
  /** Writes bytes at the end; returns where they begin. Throws when the disk is full, and then holds no more. */
  append(bytes: Uint8Array): number;
  read(at: number, length: number): Buffer;
  close(): void;
}

/** Opens such a file; null where none can be made. */
export function openTemporaryFile(): TemporaryFile | null {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'detc-events-'));
    const remove = (): void => {
      try {
        rmSync(folder, { recursive: true, force: true });
      } catch {
        // Windows removes no file that is open; it is tried again when it is closed.
      }
    };
    const descriptor = openSync(join(folder, 'events'), 'wx+', 0o600);
    remove();
    let end = 0;
    return {
      get end() {
        return end;
      },
      append(bytes) {
        for (let done = 0; done < bytes.length; )
          done += writeSync(descriptor, bytes, done, bytes.length - done, end + done);
        const at = end;
        end += bytes.length;
        return at;
      },
      read(at, length) {
        const bytes = Buffer.allocUnsafe(length);
        for (let done = 0; done < length; ) {
          const read = readSync(descriptor, bytes, done, length - done, at + done);
          if (read === 0) throw new Error('a temporary file was cut');
          done += read;
        }
        return bytes;
      },
      close() {
        closeSync(descriptor);
        remove();
      },
    };
  } catch {
    return null;
  }
}
