// The record of a check on the built app, and what a check sees of it.
import { type OutputFile, stretchesOf } from '../../output/output-file.js';
import { repeatedStanzas, type ScanFault, type ScannedConf, scanConf } from './scan-conf.js';

/** Where in a file of the app something stands; the whole file when left out. */
export interface Spot {
  /** 1-based. */
  readonly line: number;
}

/** Reports one violation; `path` is below the app. */
export type ReportViolation = (path: string, message: string, spot?: Spot) => void;

export interface Check {
  /** The name under which AppInspect reports the same; the few checks it lacks are named alike. */
  readonly name: string;
  /** What AppInspect makes of a violation; warnings are looked for in strict builds only. */
  readonly level: 'failure' | 'warning';
  readonly summary: string;
  /** It looks at stanzas and texts one by one, so that parts of a conf file can be looked at apart. */
  readonly isLocal?: true;
  readonly inspect: (app: InspectedApp, report: ReportViolation) => void;
}

/** Bytes by which the kind of a file is told. */
const headLength = 1024;

/**
 * The files of a built app; texts and conf files are decoded and scanned once, for all checks. Fragments of a file have
 * been taken out, to be looked at apart.
 */
export class InspectedApp {
  readonly id: string;
  /** Paths below the app, sorted. */
  readonly paths: readonly string[];
  readonly #files = new Map<string, OutputFile>();
  readonly #texts = new Map<string, string>();
  readonly #confs = new Map<string, ScannedConf>();

  constructor(id: string, files: readonly OutputFile[]) {
    this.id = id;
    for (const file of files) this.#files.set(file.path.slice(id.length + 1), file);
    this.paths = [...this.#files.keys()];
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** The text of a file, '' when it is not there. */
  text(path: string): string {
    let text = this.#texts.get(path);
    if (text === undefined) {
      const file = this.#files.get(path);
      text = file === undefined ? '' : textBetween(file);
      this.#texts.set(path, text);
    }
    return text;
  }

  /** The first bytes of a file, one character for each. */
  head(path: string): string {
    const file = this.#files.get(path);
    if (file === undefined) return '';
    if (file.fragments === undefined && typeof file.content === 'string')
      return file.content.slice(0, headLength);
    const [first = new Uint8Array()] = stretchesOf(file);
    return Buffer.from(first.subarray(0, headLength)).toString('latin1');
  }

  /** Stanzas that are in a file twice; in one with fragments they are looked for when all parts are known. */
  repeatedStanzas(path: string, stanzas: ScannedConf['stanzas']): ScanFault[] {
    return this.#files.get(path)?.fragments === undefined ? repeatedStanzas(stanzas) : [];
  }

  /** Paths of the conf files under default/. */
  get confPaths(): readonly string[] {
    return this.paths.filter((path) => /^default\/[^/]+\.conf$/.test(path));
  }

  /** A conf file under default/ by its name without ending. */
  conf(name: string): ScannedConf {
    return this.confAt(`default/${name}.conf`);
  }

  confAt(path: string): ScannedConf {
    let conf = this.#confs.get(path);
    if (conf === undefined) {
      conf = scanConf(this.text(path));
      this.#confs.set(path, conf);
    }
    return conf;
  }
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** The text of a file without its fragments. */
function textBetween(file: OutputFile): string {
  if (typeof file.fragments === 'undefined' && typeof file.content === 'string') return file.content;
  return stretchesOf(file)
    .map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'))
    .join('');
}
