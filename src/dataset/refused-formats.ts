// Knows files that are no logs as they stand, and says how to make logs of them.
import type { Buffer } from 'node:buffer';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { type ByteSource, peek } from './bytes.js';
import { fileDiagnostic } from './inputs.js';
import type { Member } from './unpack.js';

interface Refusal {
  readonly matches: (head: Buffer) => boolean;
  readonly is: string;
  readonly help: string;
}

const startsWith =
  (...bytes: readonly number[]) =>
  (head: Buffer) =>
    bytes.every((byte, at) => head[at] === byte);

const refusals: readonly Refusal[] = [
  {
    matches: (head) => head.toString('latin1', 0, 8) === 'ElfFile\0',
    is: 'a binary Windows event log (.evtx)',
    help: 'export it as XML: "evtx_dump --no-indent file.evtx > file.xml", or on Windows "wevtutil qe file.evtx /lf:true /f:XML > file.xml"',
  },
  {
    matches: startsWith(0xfd, 0x37, 0x7a, 0x58, 0x5a),
    is: 'xz data',
    help: 'unpack it first: "xz -dk file.xz"',
  },
  {
    matches: (head) => /^BZh[1-9]1AY&SY/.test(head.toString('latin1', 0, 10)),
    is: 'bzip2 data',
    help: 'unpack it first: "bzip2 -dk file.bz2"',
  },
  {
    matches: startsWith(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
    is: 'a 7-Zip archive',
    help: 'unpack it first: "7z x file.7z"',
  },
  { matches: startsWith(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07), is: 'a RAR archive', help: 'unpack it first' },
  {
    matches: (head) =>
      /^(?:\xa1\xb2[\xc3\x3c][\xd4\x4d]|[\xd4\x4d][\xc3\x3c]\xb2\xa1|\x0a\x0d\x0d\x0a)/.test(
        head.toString('latin1', 0, 4),
      ),
    is: 'a packet capture',
    help: 'make logs of it first, such as with "zeek -r file.pcap LogAscii::use_json=T"',
  },
  {
    matches: (head) => head.toString('latin1', 0, 4) === 'PAR1',
    is: 'a Parquet file',
    help: "export it as JSON lines, such as with DuckDB: \"COPY (FROM 'file.parquet') TO 'file.json'\"",
  },
  {
    matches: (head) => head.toString('latin1', 0, 15) === 'SQLite format 3',
    is: 'an SQLite database',
    help: 'export the table as JSON lines or CSV',
  },
];

// Control characters that no text has, in any encoding that is read here; zeros are met in cut logs and in UTF-16, so
// the share among the other bytes counts: programs begin with more zeros than anything else. Of random bytes, as encrypted
// and packed data have them, a tenth is such.
function isBinary(head: Buffer): boolean {
  let odd = 0;
  let filled = 0;
  for (const byte of head) {
    if (byte !== 0) filled++;
    if (byte < 32 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 29)
      odd++;
  }
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return !isWide && filled >= 64 && odd > filled * 0.05;
}

/** Returns the source to read, or why the file cannot be read. */
export async function refusalOf(
  member: Member,
): Promise<{ source: ByteSource; diagnostic: Diagnostic | null }> {
  const { head, source } = await peek(member.source, 1024);
  const start = head.subarray(0, 1024);
  const known = refusals.find(({ matches }) => matches(start));
  if (!known && !isBinary(start)) return { source, diagnostic: null };
  const is = known?.is ?? 'a binary file';
  const message = `cannot read "${member.name}": it is ${is}`;
  const help = known?.help;
  return { source, diagnostic: fileDiagnostic('error', 'unreadable-format', member.name, message, { help }) };
}
