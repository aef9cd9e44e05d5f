// Bytes of a content file → text, or the reason why they are none.
import { isUtf8 } from 'node:buffer';

/** The text of a file and what is wrong with its encoding; `text` ends before the first wrong byte of a refused file. */
export interface DecodedText {
  readonly text: string;
  /** The offset (in `text`) and nature of a fault. An `error` means that the file must not be used. */
  readonly fault?: {
    readonly severity: 'error' | 'warning';
    readonly message: string;
    readonly offset: number;
  };
}

/** Decodes UTF-8. A byte order mark is dropped with a warning; UTF-16, UTF-32 and wrong bytes are errors. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    const message = `file is encoded as ${wide}, expected UTF-8`;
    return { text: '', fault: { severity: 'error', message, offset: 0 } };
  }
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = mark ? bytes.subarray(3) : bytes;
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!isUtf8(body)) {
    const at = firstWrongByte(body);
    const text = buffer.toString('utf8', 0, at);
    const hex = (body[at] ?? 0).toString(16).padStart(2, '0');
    return {
      text,
      fault: { severity: 'error', message: `byte 0x${hex} is not UTF-8`, offset: text.length },
    };
  }
  const text = buffer.toString('utf8');
  if (!mark) return { text };
  return {
    text,
    fault: { severity: 'warning', message: 'file begins with a byte order mark', offset: 0 },
  };
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  if (bytes.length >= 4 && ((a === 0 && b !== 0 && c === 0) || (b === 0 && a !== 0 && d === 0)))
    return 'UTF-16';
  return undefined;
}

/** Offset of the first byte that is not part of well-formed UTF-8 (Unicode, table 3-7). */
function firstWrongByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    let length = 1;
    if (lead >= 0xc2 && lead <= 0xdf) length = 2;
    else if (lead >= 0xe0 && lead <= 0xef) length = 3;
    else if (lead >= 0xf0 && lead <= 0xf4) length = 4;
    else if (lead >= 0x80) return at;
    if (lead === 0xe0 && second < 0xa0) return at;
    if (lead === 0xed && second > 0x9f) return at;
    if (lead === 0xf0 && second < 0x90) return at;
    if (lead === 0xf4 && second > 0x8f) return at;
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next];
      if (byte === undefined || byte < 0x80 || byte > 0xbf) return at;
    }
    at += length;
  }
  return at;
}
