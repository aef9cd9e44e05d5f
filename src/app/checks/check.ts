// The record of a check on the built app, and what a check sees of it.
import type { OutputFile } from '../../output/output-file.js';
import { type ScannedConf, scanConf } from './scan-conf.js';

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
  readonly inspect: (app: InspectedApp, report: ReportViolation) => void;
}

/** The files of a built app; texts and conf files are decoded and scanned once, for all checks. */
export class InspectedApp {
  readonly id: string;
  /** Paths below the app, sorted. */
  readonly paths: readonly string[];
  readonly #files = new Map<string, OutputFile['content']>();
  readonly #texts = new Map<string, string>();
  readonly #confs = new Map<string, ScannedConf>();

  constructor(id: string, files: readonly OutputFile[]) {
    this.id = id;
    for (const { path, content } of files) this.#files.set(path.slice(id.length + 1), content);
    this.paths = [...this.#files.keys()];
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  bytes(path: string): number {
    const content = this.#files.get(path) ?? '';
    return typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  }

  /** The text of a file, '' when it is not there. */
  text(path: string): string {
    const content = this.#files.get(path) ?? '';
    if (typeof content === 'string') return content;
    let text = this.#texts.get(path);
    if (text === undefined) {
      text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('utf8');
      this.#texts.set(path, text);
    }
    return text;
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
