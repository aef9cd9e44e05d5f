// Hashes of texts.
import { createHash } from 'node:crypto';

/** The hash of a text's UTF-8 bytes, in lower-case hexadecimal. */
export function hashText(algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512', text: string): string {
  return createHash(algorithm).update(text, 'utf8').digest('hex');
}
