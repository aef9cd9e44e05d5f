// The settings of the built-in add-ons and of the apps a user names, laid over each other by Splunk's precedence.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { ConfEntry } from '../conf/conf.js';
import { readConf } from '../conf/read.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { packageRoot } from '../package-root.js';

/** One setting in force and where it was written. */
export interface Setting {
  /** It comes with detc. */
  readonly builtIn: boolean;
  readonly value: string;
  /** The file as shown to a person: below `knowledge/` for built-in ones. */
  readonly file: string;
  readonly line: number;
}

/** Stanza name → key → the setting that wins. */
export type Stanzas = ReadonlyMap<string, ReadonlyMap<string, Setting>>;

/** Everything the apps say, per conf file, and the lookup files by name. */
export interface Layers {
  readonly props: Stanzas;
  readonly transforms: Stanzas;
  readonly eventtypes: Stanzas;
  readonly tags: Stanzas;
  readonly macros: Stanzas;
  /** File name of a lookup → path. */
  readonly lookupFiles: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

const CONF_NAMES = ['props', 'transforms', 'eventtypes', 'tags', 'macros'] as const;
type ConfName = (typeof CONF_NAMES)[number];

interface AppFolder {
  readonly id: string;
  /** Ids under which the same add-on is or was also published; for built-in ones. */
  readonly alsoKnownAs?: readonly string[];
  readonly path: string;
  /** What `file` of a setting begins with. */
  readonly shownAs: string;
}

/**
 * Reads the built-in add-ons under `knowledge/apps/`, then the given app folders, each over what came before, and
 * inside an app local/ over default/. An app whose id is that of a built-in add-on, or one that the same add-on is
 * also known by, takes its place altogether, as an installed app would; any other is laid over it setting by setting.
 */
export function readLayers(apps: readonly string[], options: { builtIn?: boolean } = {}): Layers {
  const given = apps.map((path): AppFolder => ({ id: appId(path), path, shownAs: path }));
  const ids = new Set(given.map((app) => app.id.toLowerCase()));
  const isGiven = (app: AppFolder): boolean =>
    [app.id, ...(app.alsoKnownAs ?? [])].some((id) => ids.has(id.toLowerCase()));
  const builtIn = options.builtIn === false ? [] : builtInApps().filter((app) => !isGiven(app));
  const confs: Record<ConfName, Map<string, Map<string, Setting>>> = {
    props: new Map(),
    transforms: new Map(),
    eventtypes: new Map(),
    tags: new Map(),
    macros: new Map(),
  };
  const lookupFiles = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const path of apps) {
    const fault = appFault(path);
    const place = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
    if (fault !== null) diagnostics.push({ severity: 'error', code: 'no-app', ...place, ...fault });
  }
  for (const app of [...builtIn, ...given]) {
    for (const layer of ['default', 'local']) {
      for (const name of CONF_NAMES) {
        const path = join(app.path, layer, `${name}.conf`);
        const text = readText(path);
        if (text === undefined) continue;
        const shown = [app.shownAs, layer, `${name}.conf`].join('/').split(sep).join('/');
        layConf(text, { file: shown, builtIn: builtIn.includes(app) }, confs[name], diagnostics);
      }
    }
    for (const file of listFolder(join(app.path, 'lookups')))
      lookupFiles.set(file, join(app.path, 'lookups', file));
  }
  return { ...confs, lookupFiles, diagnostics };
}

function layConf(
  text: string,
  { file, builtIn }: { readonly file: string; readonly builtIn: boolean },
  into: Map<string, Map<string, Setting>>,
  diagnostics: Diagnostic[],
): void {
  const read = readConf(text);
  const lineAt = lineCounter(text);
  for (const stanza of read.stanzas) {
    let settings = into.get(stanza.name);
    if (settings === undefined) {
      settings = new Map();
      into.set(stanza.name, settings);
    }
    for (const entry of stanza.entries) settings.set(entry.key, { ...setting(entry, file, lineAt), builtIn });
  }
  for (const { severity, code, message, span, help } of read.diagnostics) {
    const line = lineAt(span.start);
    const column = span.start - text.lastIndexOf('\n', span.start - 1);
    diagnostics.push({
      severity,
      code,
      message,
      file,
      line,
      column,
      endLine: line,
      endColumn: column + (span.end - span.start),
      ...(help === undefined ? {} : { help }),
    });
  }
}

function setting(
  entry: ConfEntry,
  file: string,
  lineAt: (offset: number) => number,
): Omit<Setting, 'builtIn'> {
  return { value: entry.value, file, line: lineAt(entry.keySpan.start) };
}

/** Lines of offsets that are asked for in ascending order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    if (offset < at) {
      line = 1;
      at = 0;
    }
    for (let feed = text.indexOf('\n', at); feed !== -1 && feed < offset; feed = text.indexOf('\n', at)) {
      line++;
      at = feed + 1;
    }
    return line;
  };
}

/** Folders of an app that hold what a search can use. */
const APP_PARTS: readonly (readonly [string, RegExp])[] = [
  ['default', /\.conf$/],
  ['local', /\.conf$/],
  ['default/data/models', /\.json$/],
  ['local/data/models', /\.json$/],
  ['lookups', /./],
];

const holdsApp = (path: string): boolean =>
  APP_PARTS.some(([folder, file]) => listFolder(join(path, folder)).some((name) => file.test(name)));

/** Says why a path is no app of Splunk's, with what to write instead where that is known; null when it is one. */
export function appFault(path: string): { readonly message: string; readonly help?: string } | null {
  if (holdsApp(path)) return null;
  if (statSync(path, { throwIfNoEntry: false }) === undefined)
    return { message: `the app "${path}" does not exist` };
  if (!isFolder(path)) {
    const help = 'unpack it first, and name the folder that holds default/';
    return { message: `the app "${path}" is not a folder`, help };
  }
  const inside = listFolder(path).filter((name) => holdsApp(join(path, name)));
  return {
    message: `"${path}" holds no app: neither default/ nor local/ has a .conf file`,
    ...(inside.length > 0 ? { help: `did you mean "${join(path, inside[0] ?? '')}"?` } : {}),
  };
}

/** The id of an app: what its app.conf says under [package], else the folder's name. */
function appId(path: string): string {
  return appSetting(path, 'package', 'id') ?? basename(resolve(path));
}

function appSetting(path: string, stanza: string, key: string): string | undefined {
  for (const layer of ['local', 'default']) {
    const text = readText(join(path, layer, 'app.conf'));
    if (text === undefined) continue;
    const found = readConf(text).stanzas.find(({ name }) => name === stanza);
    const value = found?.entries.find((entry) => entry.key === key)?.value;
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

function builtInApps(): AppFolder[] {
  const root = join(packageRoot(), 'knowledge', 'apps');
  return listFolder(root)
    .map((id) => join(root, id))
    .filter(isFolder)
    .map((path) => ({
      id: basename(path),
      alsoKnownAs: (appSetting(path, 'detc', 'also_known_as') ?? '').split(',').map((id) => id.trim()),
      path,
      shownAs: relative(packageRoot(), path),
    }));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
