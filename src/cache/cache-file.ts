// The two files of a build's cache: records, one a line, and the long texts of objects; both with a checksum.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the files inside detc's folder of an output folder. */
export const recordsPath = 'cache/records';
export const textsPath = 'cache/texts';

export const sha = (data: string | Uint8Array): string => createHash('sha1').update(data).digest('base64url');

/** JSON in ASCII: offsets count bytes as well as letters, and reading it takes no decoding. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/[\u0080-\uffff]/.test(text)) return text;
  return text.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Reads the records that a program wrote.
 *
 * @param folder   detc's folder of the output folder
 * @param program  tells the program that reads; what another wrote is not there
 * @returns the lines, none when the file is missing, cut short or otherwise broken
 */
export function readRecords(folder: string, program: string): string[] {
  const text = readOrNothing(join(folder, recordsPath));
  const head = text.indexOf('\n');
  if (head < 0 || text.toString('latin1', 0, head) !== headOf(program, text.subarray(head + 1))) return [];
  return text.toString('latin1', head + 1).split('\n');
}

/** The file of records; lines are ASCII. */
export function recordsFile(program: string, lines: readonly string[]): Buffer {
  const body = Buffer.from(lines.join('\n'), 'latin1');
  return Buffer.concat([Buffer.from(`${headOf(program, body)}\n`), body]);
}

const headOf = (program: string, body: Uint8Array) => `${program} ${sha(body)}`;

/** Reads the long texts, undefined when they are not those that belong to the records. */
export function readTexts(folder: string, checksum: string): Buffer | undefined {
  const bytes = readOrNothing(join(folder, textsPath));
  return sha(bytes) === checksum ? bytes : undefined;
}

function readOrNothing(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
