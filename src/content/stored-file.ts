// A read content file as text and back, so that builds need not parse again what has not changed.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Kind, TestFile } from './kinds.js';
import type { ContentObject, DeprecationEntry, Locator, Path } from './model.js';
import { type ContentFile, readContentFile } from './read-file.js';
import { decodeText } from './yaml/decode.js';
import { YamlDocument } from './yaml/document.js';

/**
 * A content file as data that JSON can hold. Most builds look at the long texts of few objects, so these are apart, as
 * JSON text that is parsed when one of them is asked for.
 */
export interface StoredFile {
  readonly object?: Readonly<Record<string, unknown>>;
  /** JSON of the members of the object that `lateMembers` lists, '' when there are none. */
  readonly late: string;
  readonly deprecations?: readonly DeprecationEntry[];
  readonly tests?: readonly StoredTests[];
  readonly diagnostics: readonly Diagnostic[];
  readonly writes?: readonly string[];
}
type StoredTests = Omit<TestFile, 'at' | 'expectations'> & {
  readonly expectations: readonly (readonly [string, unknown])[];
};

/** What is long, and of interest only to those who write the object out; all of macros is wanted by every search. */
const lateMembers: ReadonlySet<string> = new Set([
  'description',
  'references',
  'search',
  'howToImplement',
  'knownFalsePositives',
  'explanation',
  'drilldowns',
  'narrative',
  'exampleLog',
  'fieldMappings',
  'convertToLogSource',
  'raw',
]);
const wholeKinds: ReadonlySet<string> = new Set(['macro', 'lookup', 'deployment', 'schedule', 'dashboard']);

/** The file as plain data, or undefined for one that must be read anew: its bytes are no text. */
export function storeFile(file: ContentFile): StoredFile | undefined {
  const { object, deprecations, tests, diagnostics, document, writes } = file;
  if (document === undefined) return undefined;
  const early: Record<string, unknown> = {};
  const late: Record<string, unknown> = {};
  const isWhole = object === undefined || wholeKinds.has(object.kind);
  for (const [key, value] of Object.entries(object ?? {}))
    if (!isLocator(value)) (!isWhole && lateMembers.has(key) ? late : early)[key] = withoutLocators(value);
  return {
    ...(object === undefined ? {} : { object: early }),
    late: isWhole ? '' : JSON.stringify(late),
    ...(deprecations === undefined ? {} : { deprecations }),
    ...(tests === undefined
      ? {}
      : { tests: tests.map(({ at: _, ...test }) => ({ ...test, expectations: [...test.expectations] })) }),
    diagnostics,
    ...(writes === undefined ? {} : { writes }),
  };
}

const isLocator = (value: unknown): value is Locator =>
  typeof value === 'object' && value !== null && 'span' in value && typeof value.span === 'function';

/** An inline deployment is the one part of an object that has places of its own. */
function withoutLocators(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('at' in value) || !isLocator(value.at)) return value;
  const { at: _, ...rest } = value;
  return rest;
}

/**
 * The file that was stored. Places and the document are worked out from the bytes when somebody asks for them, which
 * happens only where there is something to report.
 *
 * @param late   gives the text that was stored as `late`
 * @param bytes  reads the file
 */
export function restoreFile(
  { object, deprecations, tests, diagnostics, writes }: Omit<StoredFile, 'late'>,
  file: string,
  kind: Kind,
  late: () => string,
  bytes: () => Uint8Array,
): ContentFile {
  let again: ContentFile | undefined;
  const read = (): ContentFile => {
    again ??= readContentFile(file, kind, bytes(), true);
    return again;
  };
  let document: YamlDocument | undefined;
  const restored = {
    file,
    kind,
    diagnostics,
    ...(writes === undefined ? {} : { writes }),
    ...(deprecations === undefined ? {} : { deprecations }),
    ...(tests === undefined
      ? {}
      : {
          tests: tests.map((test, index) => ({
            ...test,
            expectations: new Map(test.expectations),
            at: laterLocator(file, () => read().tests?.[index]?.at),
          })) as unknown as readonly TestFile[],
        }),
    get document(): YamlDocument {
      document ??= new YamlDocument(file, decodeText(bytes()).text);
      return document;
    },
  };
  if (object === undefined) return restored;
  const early: Record<string, unknown> = { ...object };
  early['at'] = laterLocator(file, () => read().object?.at);
  const deployment = early['deployment'];
  if (typeof deployment === 'object')
    early['deployment'] = { ...deployment, at: laterLocator(file, () => inlineLocator(read().object)) };
  return Object.defineProperty(restored, 'object', {
    value: wholeKinds.has(String(early['kind'])) ? early : lateObject(early, late),
    enumerable: true,
  }) as ContentFile;
}

/** An object whose late members come when one of them, or the list of all, is asked for. */
function lateObject(early: Record<string, unknown>, late: () => string): object {
  let isWhole = false;
  const complete = (): void => {
    if (isWhole) return;
    isWhole = true;
    const members = JSON.parse(late() || '{}') as Record<string, unknown>;
    for (const key of lateMembers) if (Object.hasOwn(members, key)) early[key] = members[key];
  };
  return new Proxy(early, {
    get(target, key) {
      if (!isWhole && lateMembers.has(key as string)) complete();
      return target[key as string];
    },
    has(target, key) {
      if (lateMembers.has(key as string)) complete();
      return key in target;
    },
    ownKeys(target) {
      complete();
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(target, key) {
      complete();
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}

function inlineLocator(object: ContentObject | undefined): Locator | undefined {
  if (object === undefined) return undefined;
  return ('deployment' in object ? object.deployment?.at : undefined) ?? object.at;
}

/** Places from a second look; the file itself when it has been changed meanwhile and no such object is in it. */
function laterLocator(file: string, locator: () => Locator | undefined): Locator {
  const whole = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    value: (path: Path) => locator()?.value(path) ?? whole,
    key: (path: Path) => locator()?.key(path) ?? whole,
    span: (path, span) => locator()?.span(path, span) ?? whole,
  };
}
