// A read content file as text and back, so that builds need not parse again what has not changed.
import type { Diagnostic, Place } from '../diagnostic/diagnostic.js';
import type { Kind, TestFile } from './kinds.js';
import { lateMembers } from './late-members.js';
import type { ContentObject, DeprecationEntry, Expectation, Locator, Path } from './model.js';
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
  readonly expectations: readonly (readonly [string, Expectation])[];
};

/**
 * Members that are long, and of interest only to those who write the object out, by kind. An object of the kind
 * that lacks one has it as undefined. Macros and other small kinds are wanted whole.
 */
const lateMembersByKind: Readonly<Partial<Record<ContentObject['kind'], readonly string[]>>> = {
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
  const apart = object === undefined ? undefined : lateMembersByKind[object.kind];
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
  stored: Omit<StoredFile, 'late'>,
  file: string,
  kind: Kind,
  late: () => string | undefined,
  bytes: () => Uint8Array,
): ContentFile {
  return new RestoredFile(stored, file, kind, late, bytes);
}

/** A file that was stored. */
class RestoredFile implements ContentFile {
  readonly file: string;
  readonly kind: Kind;
  readonly isText = true;
  readonly diagnostics: readonly Diagnostic[];
  declare readonly object?: ContentObject;
  declare readonly tests?: readonly TestFile[];
  declare readonly writes?: readonly string[];
  declare readonly hasIgnoreMark?: true;
  declare readonly deprecations?: readonly DeprecationEntry[];
  readonly #bytes: () => Uint8Array;
  #document: YamlDocument | undefined;
  #again: ContentFile | undefined;

  constructor(
    stored: Omit<StoredFile, 'late'>,
    file: string,
    kind: Kind,
    late: () => string | undefined,
    bytes: () => Uint8Array,
  ) {
    this.file = file;
    this.kind = kind;
    this.diagnostics = stored.diagnostics;
    this.#bytes = bytes;
    const { object, tests, writes, hasIgnoreMark, deprecations } = stored;
    if (writes !== undefined) this.writes = writes;
    if (hasIgnoreMark) this.hasIgnoreMark = hasIgnoreMark;
    if (deprecations !== undefined) this.deprecations = deprecations;
    if (tests !== undefined) this.tests = this.#restoreTests(tests);
    // Stored is all of an object but its places and the late members, as this module wrote it; the cache checks its bytes.
    if (object !== undefined) this.object = this.#restoreObject(object, late) as ContentObject;
  }

  get document(): YamlDocument {
    this.#document ??= new YamlDocument(this.file, decodeText(this.#bytes()).text);
    return this.#document;
  }

  #read(): ContentFile {
    this.#again ??= readContentFile(this.file, this.kind, this.#bytes(), true);
    return this.#again;
  }

  #locator(locator: (read: ContentFile) => Locator | undefined): Locator {
    return new LaterLocator(this.file, () => locator(this.#read()));
  }

  #restoreTests(tests: readonly StoredTests[]): readonly TestFile[] {
    return tests.map((test, index) => ({
      ...test,
      expectations: new Map(test.expectations),
      at: this.#locator((read) => read.tests?.[index]?.at),
    }));
  }

  #restoreObject(stored: Readonly<Record<string, unknown>>, late: () => string | undefined): object {
    const make = withLateMembers.get(String(stored['kind']));
    let object: Record<string, unknown>;
    if (make === undefined) object = { ...stored };
    else {
      let made: Record<string, unknown> | undefined;
      const members = () => {
        made ??= lateAgain(late(), () => this.#read());
        return made;
      };
      object = make(stored, members);
      const { tags } = stored;
      if (typeof tags === 'object' && tags !== null)
        object['tags'] = withLateTags(tags, () => members()['tags'] as Record<string, unknown>);
    }
    object['at'] = this.#locator((read) => read.object?.at);
    const { deployment } = stored;
    if (typeof deployment === 'object')
      object['deployment'] = { ...deployment, at: this.#locator((read) => inlineLocator(read.object)) };
    return object;
  }
}

/** The late members of an object, as they were stored or from a second look at the file. */
function lateAgain(text: string | undefined, read: () => ContentFile): Record<string, unknown> {
  const known = text ?? storeFile(read())?.late ?? '';
  return JSON.parse(known === '' ? '{}' : known) as Record<string, unknown>;
}

const withLateMembers = new Map(
  Object.entries(lateMembersByKind).map(([kind, names]) => [kind, lateMembers(names)]),
);
const withLateTags = lateMembers(lateTags);

function inlineLocator(object: ContentObject | undefined): Locator | undefined {
  if (object === undefined) return undefined;
  return ('deployment' in object ? object.deployment?.at : undefined) ?? object.at;
}

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
