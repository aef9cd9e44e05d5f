// One content file: bytes → object of the model and diagnostics. Pure, so that its result can be kept for unchanged bytes.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { checkRemoved, checkSchema } from './check-schema.js';
import { dialectOf } from './dialect.js';
import type { Kind, ReadResult } from './kinds.js';
import { lookupsWrittenBy } from './known-lookups.js';
import type { Path } from './model.js';
import { isRaw } from './read/fields.js';
import { ModelLocator } from './read/locator.js';
import { decodeText } from './yaml/decode.js';
import { YamlDocument } from './yaml/document.js';

/** Bytes a content file may have; larger ones are refused unread. */
export const largestFile = 5 * 1024 * 1024;

/** A file that was read. */
export interface ContentFile extends ReadResult {
  readonly file: string;
  readonly kind: Kind;
  /** Undefined when the bytes are no text. */
  readonly document?: YamlDocument;
  /** Whether there is a document, which takes some time to make. */
  readonly isText: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Names of lookups that its search writes; left out when there are none. */
  readonly writes?: readonly string[];
  /** Whether a comment may except lines from rules. */
  readonly hasIgnoreMark?: true;
}

/** The word by which a comment excepts lines from rules. */
export const ignoreMark = 'detc-ignore';

/** Name of a file without folder and ending. */
export function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/i, '');
}

/** A diagnostic about a file as a whole. */
export function fileDiagnostic(
  file: string,
  code: string,
  message: string,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1, severity, code, message };
}

/** Decodes and parses a YAML file; `document` is undefined when the bytes are no text. */
export function readYaml(
  file: string,
  bytes: Uint8Array,
): { readonly document?: YamlDocument; readonly diagnostics: Diagnostic[] } {
  const { text, fault } = decodeText(bytes);
  const document = new YamlDocument(file, fault?.severity === 'error' ? '' : text);
  if (fault === undefined) return { document, diagnostics: document.diagnostics() };
  const place = new YamlDocument(file, text).textPlace({ start: fault.offset, end: fault.offset + 1 });
  const wrong: Diagnostic = { ...place, severity: fault.severity, code: 'yaml', message: fault.message };
  if (fault.severity === 'error') return { diagnostics: [wrong] };
  return { document, diagnostics: [wrong, ...document.diagnostics()] };
}

/**
 * Reads a content file of a kind. A file with faults gives the object that can be made of the rest.
 *
 * @param isChecked  that the file has been held against its schema before: it is not done again
 */
export function readContentFile(file: string, kind: Kind, bytes: Uint8Array, isChecked = false): ContentFile {
  const result = readObject(file, kind, bytes, isChecked);
  return result.document?.text.includes(ignoreMark) ? { ...result, hasIgnoreMark: true } : result;
}

function readObject(file: string, kind: Kind, bytes: Uint8Array, isChecked: boolean): ContentFile {
  const { document, diagnostics } = readYaml(file, bytes);
  if (document === undefined) return { file, kind, isText: false, diagnostics };
  const isText = true;
  if (document.value === undefined) return { file, kind, document, isText, diagnostics };
  const raw = document.value;
  const dialect = isRaw(raw) ? dialectOf(raw) : '5.x';
  // Test files of 2022 have a form of their own, which is only read.
  const oldTests = kind.schema === 'expectation' && isRaw(raw) && Array.isArray(raw['tests']);
  if (!oldTests && !document.damaged && !isChecked) {
    diagnostics.push(...checkSchema(kind.schema, document, dialect));
    if (kind.was !== undefined) diagnostics.push(...checkRemoved(kind.was, document, dialect, diagnostics));
  }
  if (!isRaw(raw)) return { file, kind, document, isText, diagnostics };
  const aliases = new Map<string, Path>();
  const at = new ModelLocator(document, aliases);
  const { aliases: found, ...result } = kind.read({ file, stem: stemOf(file), raw, dialect, at });
  for (const [path, written] of found ?? []) aliases.set(path, written);
  const writes = writtenLookups(result.object);
  return { file, kind, document, isText, diagnostics, ...result, ...(writes.length > 0 ? { writes } : {}) };
}

function writtenLookups(object: ReadResult['object']): string[] {
  if (object?.kind !== 'detection' && object?.kind !== 'baseline') return [];
  return lookupsWrittenBy(object.search);
}
