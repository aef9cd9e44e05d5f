// The evaluators of a repository: one TypeScript module per detection, the lookups they need, and the runtime.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { AskedMap, everyName } from './asked-map.js';
import { literal, quote } from './codegen/quote.js';
import type { Detection, Repository } from './content/model.js';
import { savedSearches, searchEnvironment } from './content-search.js';
import type { Diagnostic } from './diagnostic/diagnostic.js';
import { compile } from './evaluate.js';
import type { EvaluatorStore, KeptEvaluator } from './output/evaluator-store.js';
import type { OutputFile } from './output/output-file.js';
import { packageRoot } from './package-root.js';
import { analyseSearch, type SearchEnvironment } from './syntax/analyse.js';
import type { MacroDefinition, MacroTable } from './syntax/macros.js';
import { openWorkspace } from './workspace.js';

export interface EmittedEvaluators {
  readonly files: readonly OutputFile[];
  /** One warning for each detection that has no evaluator, with the reason. */
  readonly diagnostics: readonly Diagnostic[];
}

const noStore: EvaluatorStore = {
  get: () => undefined,
  set() {},
  module: () => undefined,
  identity: () => '',
};

/**
 * Makes `<folder>/<name>.ts` for every detection whose search can be evaluated. The modules import `runtime.js` and
 * the modules under `lookups/` beside them and nothing else; they parse no SPL when they run.
 */
export function emitEvaluators(repository: Repository, store: EvaluatorStore = noStore): EmittedEvaluators {
  const emitter = new Emitter(repository, store);
  const files: OutputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const detection of repository.detections) {
    const { content, fault } = emitter.evaluator(detection);
    if (fault !== undefined) diagnostics.push(fault);
    if (content !== undefined) files.push({ path: modulePath(detection), content });
  }
  files.push(...emitter.lookupModules());
  // Node and TypeScript read the modules as such wherever the folder lies.
  files.push({ path: 'package.json', content: '{ "type": "module" }\n' });
  return { files: [...files, ...runtimeFiles()], diagnostics };
}

const modulePath = ({ folder, stem }: Detection) => `${folder}/${stem}.ts`;

interface Evaluator {
  readonly content?: string;
  readonly fault?: Diagnostic;
}

class Emitter {
  readonly #store: EvaluatorStore;
  readonly #workspace: ReturnType<typeof openWorkspace>;
  readonly #environment: SearchEnvironment;
  readonly #macros: AskedMap<readonly MacroDefinition[]>;
  readonly #searches: AskedMap<string>;
  readonly #answers: ReturnType<typeof answersOf>;
  /** Stems of the lookups that modules so far read. */
  readonly #lookups = new Map<string, string>();

  constructor(repository: Repository, store: EvaluatorStore) {
    this.#store = store;
    const environment = searchEnvironment(repository);
    const saved = savedSearches(repository);
    this.#macros = new AskedMap(environment.macros);
    this.#searches = new AskedMap(saved);
    this.#environment = { ...environment, macros: this.#macros };
    this.#answers = answersOf(repository, environment.macros, saved, store);
    this.#workspace = openWorkspace({
      root: repository.root,
      macros: repository.macros,
      lookups: repository.lookups,
      stems: repository.detections.map((detection) => detection.stem),
    });
  }

  /** The module of a detection, from an earlier build when everything it was made of is the same. */
  evaluator(detection: Detection): Evaluator {
    const kept = this.#store.get(detection.file);
    if (kept !== undefined && kept.key === this.#keyOf(detection, kept)) {
      const again = this.#again(detection, kept);
      if (again !== undefined) {
        this.#store.set(detection.file, kept);
        return again;
      }
    }
    this.#macros.take();
    this.#searches.take();
    const { lookups, ...made } = this.#make(detection);
    const asked = { macros: this.#macros.take(), searches: this.#searches.take() };
    this.#store.set(detection.file, {
      key: this.#keyOf(detection, asked),
      ...asked,
      ...(lookups === undefined ? {} : { lookups }),
      ...(made.fault === undefined ? {} : { fault: made.fault }),
    });
    return made;
  }

  #keyOf(detection: Detection, { macros, searches }: Pick<KeptEvaluator, 'macros' | 'searches'>): string {
    const hash = createHash('sha1').update(`${this.#store.identity(detection)}\n${this.#answers.external}`);
    for (const name of macros) hash.update(`\n${name}\t${this.#answers.macro(name)}`);
    for (const name of searches) hash.update(`\n\n${name}\t${this.#answers.search(name)}`);
    return hash.digest('base64url');
  }

  #again(detection: Detection, { lookups, fault }: KeptEvaluator): Evaluator | undefined {
    if (lookups === undefined) return fault === undefined ? {} : { fault };
    // The files of lookups are named in the order of the detections, as when all modules are made anew.
    if (lookups.some(([name, stem]) => this.#stemOf(name) !== stem)) return undefined;
    const content = this.#store.module(modulePath(detection));
    return content === undefined ? undefined : { content };
  }

  #stemOf(name: string): string {
    if (this.#workspace.lookups[name] === undefined) return '';
    const stem = this.#lookups.get(name) ?? lookupStem(name, this.#lookups);
    this.#lookups.set(name, stem);
    return stem;
  }

  #make(detection: Detection): Evaluator & Pick<KeptEvaluator, 'lookups'> {
    const analysis = analyseSearch(detection.search, this.#environment);
    if (analysis.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return {};
    const compiled = compile(analysis.pipeline, { macros: this.#macros, savedSearches: this.#searches });
    const fault = compiled.diagnostics.find((diagnostic) => diagnostic.severity === 'error');
    if (fault !== undefined) return { fault: unsupported(detection, analysis.expansion.translate(fault)) };
    const names = new Set(analysis.lookups.filter((use) => !use.writes).map((use) => use.name));
    const lookups = [...names].map((name) => [name, this.#stemOf(name)] as const);
    const used = lookups.filter(([, stem]) => stem !== '');
    const up = '../'.repeat(modulePath(detection).split('/').length - 1);
    const content = compiled.module({
      runtime: `${up}runtime.js`,
      detection: {
        id: detection.id ?? '',
        name: detection.name,
        file: detection.file,
        type: detection.type,
      },
      ...(used.length === 0
        ? {}
        : {
            lookups: {
              imports: used.map(
                ([, stem], index) =>
                  `import { table as lookup${index + 1} } from ${quote(`${up}lookups/${stem}.js`)};`,
              ),
              value: `{ ${used.map(([name], index) => `[${quote(name)}]: lookup${index + 1}`).join(', ')} }`,
            },
          }),
    });
    return { content, lookups };
  }

  /** The tables that the modules read. */
  lookupModules(): OutputFile[] {
    return [...this.#lookups].map(([name, stem]) => ({
      path: `lookups/${stem}.ts`,
      content:
        '// Generated by detc. Do not edit: build writes this file again.\n' +
        `import type { LookupTable } from '../runtime.js';\n\nexport const table: LookupTable = ${literal(this.#workspace.lookups[name])};\n`,
    }));
  }
}

/** What tells the answers to questions for macros and saved searches; `everyName` asks for all of them. */
function answersOf(
  repository: Repository,
  macros: MacroTable,
  saved: ReadonlyMap<string, string>,
  store: EvaluatorStore,
) {
  const files = new Map<string, string>();
  for (const macro of repository.macros)
    files.set(macro.name, `${files.get(macro.name) ?? ''} ${store.identity(macro)}`);
  const known = new Map<string, string>();
  const external = JSON.stringify(repository.settings.external);
  const macroOf = (name: string): string => JSON.stringify([macros.get(name) ?? null, files.get(name) ?? '']);
  return {
    external,
    macro(name: string): string {
      let answer = known.get(name);
      if (answer === undefined) {
        answer = name === everyName ? [...macros.keys()].map(macroOf).join('\n') : macroOf(name);
        known.set(name, answer);
      }
      return answer;
    },
    search: (name: string): string =>
      name === everyName ? JSON.stringify([...saved]) : JSON.stringify(saved.get(name) ?? null),
  };
}

/** A file name for a lookup that no other lookup has, whatever characters its name is made of. */
function lookupStem(name: string, taken: ReadonlyMap<string, string>): string {
  const plain = name.replace(/\.csv$/i, '').replace(/[^A-Za-z0-9_-]+/g, '_') || 'lookup';
  const names = new Set(taken.values());
  for (let count = 1; ; count++) {
    const stem = count === 1 ? plain : `${plain}_${count}`;
    if (!names.has(stem)) return stem;
  }
}

function unsupported(
  detection: Detection,
  fault: { readonly message: string; readonly code: string; readonly span: { start: number; end: number } },
): Diagnostic {
  return {
    severity: 'warning',
    code: 'unsupported',
    message: `${fault.message}; the detection still builds`,
    ...detection.at.span(['search'], fault.span),
  };
}

/** The bundled runtime of the installed package; nothing when the program runs from its sources. */
function runtimeFiles(): OutputFile[] {
  const folder = join(packageRoot(), 'dist', 'js', 'evaluator');
  return ['runtime.js', 'runtime.d.ts'].flatMap((name) => {
    const file = posix.join(folder, name);
    return existsSync(file) ? [{ path: name, content: readFileSync(file, 'utf8') }] : [];
  });
}
