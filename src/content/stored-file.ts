// A read content file as text and back, so that builds need not parse again what has not changed.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Kind } from './kinds.js';
import type { ContentObject, DeprecationEntry, Locator } from './model.js';
import { type ContentFile, readContentFile } from './read-file.js';
import { decodeText } from './yaml/decode.js';
import { YamlDocument } from './yaml/document.js';

interface Stored {
  readonly object?: ContentObject;
  readonly deprecations?: readonly DeprecationEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The file as JSON on one line, or undefined for one that must be read anew (it holds more than plain data). */
export function storeFile({
  object,
  deprecations,
  diagnostics,
  tests,
  document,
}: ContentFile): string | undefined {
  if (tests !== undefined || document === undefined) return undefined;
  return JSON.stringify({ object, deprecations, diagnostics }, (_key, value: unknown) =>
    isLocator(value) ? undefined : value,
  );
}

const isLocator = (value: unknown): value is Locator =>
  typeof value === 'object' && value !== null && 'span' in value && typeof value.span === 'function';

/**
 * The file that was stored. Places and the document are worked out from the bytes when somebody asks for them, which
 * happens only where there is something to report.
 */
export function restoreFile(stored: string, file: string, kind: Kind, bytes: Uint8Array): ContentFile {
  const { object, ...rest } = JSON.parse(stored) as Stored;
  let again: ContentFile | undefined;
  const read = (): ContentFile => {
    again ??= readContentFile(file, kind, bytes, true);
    return again;
  };
  let document: YamlDocument | undefined;
  const restored = {
    ...rest,
    file,
    kind,
    get document(): YamlDocument {
      document ??= new YamlDocument(file, decodeText(bytes).text);
      return document;
    },
  };
  if (object === undefined) return restored;
  const at = laterLocator(() => read().object!.at);
  const deployment = 'deployment' in object ? object.deployment : undefined;
  const inline = deployment && {
    deployment: { ...deployment, at: laterLocator(() => inlineLocator(read().object!)) },
  };
  return Object.defineProperties(restored, {
    object: { value: { ...object, at, ...inline }, enumerable: true },
  }) as ContentFile;
}

function inlineLocator(object: ContentObject): Locator {
  return ('deployment' in object ? object.deployment?.at : undefined) ?? object.at;
}

function laterLocator(locator: () => Locator): Locator {
  return {
    value: (path) => locator().value(path),
    key: (path) => locator().key(path),
    span: (path, span) => locator().span(path, span),
  };
}
