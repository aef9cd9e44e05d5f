// Texts that hold no other text: what is kept of an event must not keep the block of the file that the event stood in.
import type { FieldValue } from './value.js';

/** Shorter texts V8 copies itself when it cuts them out of another. */
const shortest = 13;
const scratch = Buffer.allocUnsafeSlow(4096);

/**
 * The same text in memory of its own. A part of a text refers to the whole of it, so that a few kept values of every
 * block would keep all of a file that has been read.
 */
export function ownText(text: string): string {
  if (text.length < shortest || text.length > scratch.length) return text;
  const own = scratch.toString('latin1', 0, scratch.write(text, 0, 'latin1'));
  // Characters beyond Latin-1 take two bytes; any UTF-16 comes back as it was.
  return own === text ? own : Buffer.from(text, 'utf16le').toString('utf16le');
}

/** A value whose texts are its own. */
export function ownValue(value: FieldValue): FieldValue {
  if (typeof value === 'string') return ownText(value);
  return Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? ownText(item) : item))
    : value;
}
