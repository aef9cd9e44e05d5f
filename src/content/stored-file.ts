// A read content file as text and back, so that builds need not parse again what has not changed.
import type { Diagnostic, Place } from '../diagnostic/diagnostic.js';
import type { Kind, TestFile } from './kinds.js';
import type { ContentObject, DeprecationEntry, Locator, Path } from './model.js';
import { type ContentFile, readContentFile } from './read-file.js';
import { isLocator } from './same-content.js';
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
  readonly hasIgnoreMark?: true;
}
type StoredTests = Omit<TestFile, 'at' | 'expectations'> & {
  readonly expectations: readonly (readonly [string, unknown])[];
};

/**
 * Members that are long, and of interest only to those who write the object out, by kind. An object of the kind
 * that lacks one has it as undefined. Macros and other small kinds are wanted whole.
 */
const lateMembers: Readonly<Partial<Record<ContentObject['kind'], readonly string[]>>> = {
  detection: [
    ...[
      'description',
      'references',
      'search',
      'howToImplement',
      'knownFalsePositives',
      'risk',
      'drilldowns',
      'tests',
    ],
  ],
  baseline: ['description', 'references', 'search', 'howToImplement', 'knownFalsePositives'],
  investigation: ['description', 'references', 'search', 'howToImplement', 'knownFalsePositives'],
  story: ['description', 'references', 'narrative'],
  removed: ['description', 'references', 'raw'],
  dataSource: ['fieldMappings', 'convertToLogSource', 'exampleLog'],
};

/** Members of the tags of detections, baselines and investigations that only their own output wants. */
const lateTags = ['mappings', 'datasets', 'observables', 'requiredFields'];

/** The file as plain data, or undefined for one that must be read anew: its bytes are no text. */
export function storeFile(file: ContentFile): StoredFile | undefined {
  const { object, deprecations, tests, diagnostics, document, writes, hasIgnoreMark } = file;
  if (document === undefined) return undefined;
  const early: Record<string, unknown> = {};
  const late: Record<string, unknown> = {};
  const apart = object === undefined ? undefined : lateMembers[object.kind];
  for (const [key, value] of Object.entries(object ?? {}))
    if (!isLocator(value)) (apart?.includes(key) ? late : early)[key] = withoutLocators(value);
  if (apart !== undefined && typeof early['tags'] === 'object') {
    const tags = Object.entries(early['tags'] ?? {});
    early['tags'] = Object.fromEntries(tags.filter(([key]) => !lateTags.includes(key)));
    late['tags'] = Object.fromEntries(tags.filter(([key]) => lateTags.includes(key)));
  }
  return {
    ...(object === undefined ? {} : { object: early }),
    late: apart === undefined ? '' : JSON.stringify(late),
    ...(deprecations === undefined ? {} : { deprecations }),
    ...(tests === undefined
      ? {}
      : { tests: tests.map(({ at: _, ...test }) => ({ ...test, expectations: [...test.expectations] })) }),
    diagnostics,
    ...(writes === undefined ? {} : { writes }),
    ...(hasIgnoreMark ? { hasIgnoreMark } : {}),
  };
}

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
 * @param late   gives the text that was stored as `late`; undefined when it is lost, and the file is read again for it
 * @param bytes  reads the file
 */
export function restoreFile(
  { object, deprecations, tests, diagnostics, writes, hasIgnoreMark }: Omit<StoredFile, 'late'>,
  file: string,
  kind: Kind,
  late: () => string | undefined,
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
    ...(hasIgnoreMark ? { hasIgnoreMark } : {}),
    ...(deprecations === undefined ? {} : { deprecations }),
    ...(tests === undefined
      ? {}
      : {
          // Stored is all of such a file but its places and its map, as this module wrote it; the cache checks its bytes.
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
  const early = copyOf(object);
  early['at'] = laterLocator(file, () => read().object?.at);
  const deployment = early['deployment'];
  if (typeof deployment === 'object')
    early['deployment'] = { ...deployment, at: laterLocator(file, () => inlineLocator(read().object)) };
  const apart = lateMembers[early['kind'] as ContentObject['kind']];
  return Object.defineProperty(restored, 'object', {
    value: apart === undefined ? early : withLateMembers(early, apart, () => lateAgain(late(), read)),
    enumerable: true,
  }) as ContentFile;
}

/** The late members of an object, as they were stored or from a second look at the file. */
function lateAgain(text: string | undefined, read: () => ContentFile): Record<string, unknown> {
  const known = text ?? storeFile(read())?.late ?? '';
  return JSON.parse(known === '' ? '{}' : known) as Record<string, unknown>;
}

/** The late members of an object, and of its tags. */
interface Late {
  readonly make: () => Record<string, unknown>;
  members?: Record<string, unknown>;
}
const lateOf = new WeakMap<object, Late>();
const lateOfTags = new WeakMap<object, Late>();

function membersOf(late: Late): Record<string, unknown> {
  late.members ??= late.make();
  return late.members;
}

/** Getters by name: the same for all objects, for with some of their own objects would be slow to read. */
function getters(names: Iterable<string>, members: (object: object) => Record<string, unknown>) {
  const found = new Map<string, PropertyDescriptor>();
  for (const name of names)
    found.set(name, {
      enumerable: true,
      get() {
        return members(this)[name];
      },
    });
  return found;
}
const objectGetters = getters(new Set(Object.values(lateMembers).flat()), (object) =>
  membersOf(lateOf.get(object)!),
);
const tagsGetters = getters(
  lateTags,
  (tags) => membersOf(lateOfTags.get(tags)!)['tags'] as Record<string, unknown>,
);

/**
 * A copy to which accessors are to be added: V8 shares the layouts that this makes, and with those of a spread makes one
 * for every accessor of every object, which takes ten times as long.
 */
const copyOf = (object: object): Record<string, unknown> =>
  Object.assign<Record<string, unknown>, object>({}, object);

/** Adds members that are parsed when one of them is asked for. */
function withLateMembers(
  object: Record<string, unknown>,
  names: readonly string[],
  make: () => Record<string, unknown>,
): object {
  const late: Late = { make };
  lateOf.set(object, late);
  for (const name of names) Object.defineProperty(object, name, objectGetters.get(name)!);
  if (typeof object['tags'] === 'object' && object['tags'] !== null) {
    const tags = copyOf(object['tags']);
    lateOfTags.set(tags, late);
    for (const name of lateTags) Object.defineProperty(tags, name, tagsGetters.get(name)!);
    object['tags'] = tags;
  }
  return object;
}

function inlineLocator(object: ContentObject | undefined): Locator | undefined {
  if (object === undefined) return undefined;
  return ('deployment' in object ? object.deployment?.at : undefined) ?? object.at;
}

const laterLocator = (file: string, locator: () => Locator | undefined): Locator =>
  new LaterLocator(file, locator);

/** Places from a second look; the file itself when it has been changed meanwhile and no such object is in it. */
class LaterLocator implements Locator {
  readonly #file: string;
  readonly #locator: () => Locator | undefined;

  constructor(file: string, locator: () => Locator | undefined) {
    this.#file = file;
    this.#locator = locator;
  }

  value(path: Path): Place {
    return this.#locator()?.value(path) ?? wholeOf(this.#file);
  }

  key(path: Path): Place {
    return this.#locator()?.key(path) ?? wholeOf(this.#file);
  }

  span(path: Path, span: Parameters<Locator['span']>[1]): Place {
    return this.#locator()?.span(path, span) ?? wholeOf(this.#file);
  }
}

const wholeOf = (file: string): Place => ({ file, line: 1, column: 1, endLine: 1, endColumn: 1 });
