// Comments in content files that except what stands below them: `# detc-ignore <code>`.
import { ignoreMark } from '../content/read-file.js';
import type { YamlDocument } from '../content/yaml/document.js';
import type { Diagnostic, Place } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';

/** A code that a comment names. */
interface Mention {
  readonly code: string;
  readonly place: Place;
  isUsed: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly mentions: readonly Mention[];
}

/** A comment with its codes; what follows behind ` -- ` says why. */
const directive = new RegExp(String.raw`^(\s*(?:-\s+)?#\s*${ignoreMark}(?::\s*|\s+))(\S.*)$`);
const comment = /^\s*(?:-\s+)?(?:#|$)/;

/** The lines of a file for which a comment above switches codes off. */
export class IgnoreComments {
  readonly #mentions: Mention[] = [];
  readonly #ranges: Range[] = [];

  constructor(document: YamlDocument) {
    if (!document.text.includes(ignoreMark)) return;
    const { lines } = document;
    const scalars = document.scalarLines();
    let pending: Mention[] = [];
    for (let line = 1; line <= lines.lineCount; line++) {
      const text = lines.line(line);
      if (comment.test(text)) {
        pending.push(...mentionsIn(text, line, document.file));
        continue;
      }
      // Lines of a text that only look like comments are part of the text.
      const last = scalars.get(line) ?? line;
      if (pending.length > 0) this.#ranges.push({ from: line, to: last, mentions: pending });
      this.#mentions.push(...pending);
      pending = [];
      line = last;
    }
    this.#mentions.push(...pending);
  }

  /** Whether a diagnostic stands in a line, or in a text begun in a line, that a comment excepts. */
  covers(diagnostic: Diagnostic): boolean {
    let isCovered = false;
    for (const { from, to, mentions } of this.#ranges) {
      if (diagnostic.line < from || diagnostic.line > to) continue;
      for (const mention of mentions) {
        if (mention.code !== diagnostic.code) continue;
        mention.isUsed = true;
        isCovered = true;
      }
    }
    return isCovered;
  }

  /**
   * What is wrong with the comments themselves, when all else has been held against them.
   *
   * @param codes    all there are
   * @param isLooked whether a code would have been reported, had there been reason to
   */
  *faults(codes: readonly string[], isLooked: (code: string) => boolean): Iterable<Diagnostic> {
    for (const { code, place, isUsed } of this.#mentions) {
      const blank = { ...place, severity: 'warning', code: 'ignore-comment' } as const;
      if (!codes.includes(code)) {
        const help = didYouMean(code, codes);
        yield { ...blank, message: `unknown rule "${code}"`, ...(help === undefined ? {} : { help }) };
      } else if (!isUsed && isLooked(code)) {
        const message = `there is no "${code}" to ignore in what follows`;
        yield { ...blank, message, help: 'take the comment out' };
      }
    }
  }
}

function mentionsIn(text: string, line: number, file: string): Mention[] {
  const [, before, rest] = directive.exec(text) ?? [];
  if (before === undefined || rest === undefined) return [];
  const [listed = ''] = rest.split(/(?:^|\s)--(?:\s|$)/, 1);
  return [...listed.matchAll(/[^\s,]+/g)].map((word) => {
    const column = before.length + word.index + 1;
    const place = { file, line, column, endLine: line, endColumn: column + word[0].length };
    return { code: word[0], place, isUsed: false };
  });
}
