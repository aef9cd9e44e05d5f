// The data models known to a run: the built-in ones and those of given apps, each read when first asked for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../diagnostic/diagnostic.js';
import { packageRoot } from '../package-root.js';
import type { DataModel, DataModels } from './data-model.js';
import { readDataModel } from './read-data-model.js';

/** Where an app keeps its data models, weakest first: what local/ holds replaces default/. */
const APP_FOLDERS = ['default/data/models', 'local/data/models'];

let builtIn: DataModels | undefined;

/**
 * Lists the built-in data models, then lets each app's replace those of the same name, later apps first in rank.
 * Only names are read; a model's file is parsed when the model is first used.
 */
export function loadDataModels(apps: readonly string[] = []): DataModels {
  if (apps.length === 0) {
    builtIn ??= new LazyDataModels(filesOf(join(packageRoot(), 'knowledge/datamodels')));
    return builtIn;
  }
  const files = filesOf(join(packageRoot(), 'knowledge/datamodels'));
  for (const app of apps) {
    for (const folder of APP_FOLDERS)
      for (const [name, file] of filesOf(join(app, folder))) files.set(name, file);
  }
  return new LazyDataModels(files);
}

/** Model name → file; a model is stored under its own name. */
function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return files;
  }
  for (const name of names.sort()) {
    if (name.endsWith('.json')) files.set(name.slice(0, -'.json'.length), join(folder, name));
  }
  return files;
}

/** Reads a model's file. @throws DiagnosticError with the file when it is not a data model */
function readModelFile(file: string): DataModel {
  try {
    return readDataModel(readFileSync(file, 'utf8'));
  } catch (error) {
    const message = `the data model cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    const place = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    throw new DiagnosticError([{ severity: 'error', code: 'data-model', message, ...place }]);
  }
}

/** A map over files that parses a model when its value is first needed. */
class LazyDataModels implements ReadonlyMap<string, DataModel> {
  readonly #files: ReadonlyMap<string, string>;
  readonly #loaded = new Map<string, DataModel>();

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
  }

  get size(): number {
    return this.#files.size;
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  get(name: string): DataModel | undefined {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known;
    const file = this.#files.get(name);
    if (file === undefined) return undefined;
    const model = readModelFile(file);
    this.#loaded.set(name, model);
    return model;
  }

  keys(): MapIterator<string> {
    return this.#files.keys();
  }

  values(): MapIterator<DataModel> {
    return this.#all().values();
  }

  entries(): MapIterator<[string, DataModel]> {
    return this.#all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, DataModel]> {
    return this.entries();
  }

  forEach(call: (value: DataModel, key: string, map: ReadonlyMap<string, DataModel>) => void): void {
    for (const [name, model] of this.#all()) call(model, name, this);
  }

  #all(): Map<string, DataModel> {
    const all = new Map<string, DataModel>();
    for (const name of this.#files.keys()) {
      const model = this.get(name);
      if (model !== undefined) all.set(name, model);
    }
    return all;
  }
}
