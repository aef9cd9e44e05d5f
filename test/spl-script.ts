// The script language of .spltest files: a word at the start of a line, then an indented block.

export interface ScriptCase {
  readonly spl: string;
  readonly data: readonly string[];
  readonly now: number;
  readonly macros: readonly {
    readonly name: string;
    readonly arguments: string[];
    readonly definition: string;
  }[];
  expected: { rows?: string[]; error?: string[] } | undefined;
}
export interface Script {
  /** The text up to the first case and between cases, as it is written again. */
  readonly parts: readonly (string | ScriptCase)[];
  readonly cases: readonly ScriptCase[];
}

/**
 * Reads a script. `data`, `now` and `macro` hold for the cases behind them; `spl` begins a case and `rows` or `error`
 * say what it gives; lines beginning with `#` are comments.
 */
export function parseScript(text: string): Script {
  const parts: (string | ScriptCase)[] = [];
  const cases: ScriptCase[] = [];
  let data: string[] = [];
  let now = 0;
  let macros: ScriptCase['macros'] = [];
  for (const block of blocks(text)) {
    const [word = '', rest = ''] = block.head.split(/\s+(.*)/s);
    if (word === 'spl') {
      const spl = [rest, ...block.lines].filter((line) => line !== '').join('\n');
      const item: ScriptCase = { spl, data, now, macros, expected: undefined };
      cases.push(item);
      parts.push(item);
    } else if (word === 'rows' || word === 'error') {
      const last = cases.at(-1);
      if (last === undefined) throw new Error(`"${word}" stands before any "spl"`);
      last.expected = word === 'rows' ? { rows: [...block.lines] } : { error: [...block.lines] };
    } else {
      parts.push(block.text);
      if (word === 'data') data = block.lines;
      else if (word === 'now') now = Number(rest);
      else if (word === 'macro') {
        const match = /^(\w+)(?:\(([^)]*)\))?\s+(.*)$/s.exec(rest);
        if (match === null) throw new Error(`a macro needs a name and a definition, found "${rest}"`);
        const names = (match[2] ?? '').split(',').map((name) => name.trim());
        macros = [
          ...macros,
          {
            name: match[1] ?? '',
            arguments: names.filter((name) => name !== ''),
            definition: match[3] ?? '',
          },
        ];
      } else if (word !== '' && !word.startsWith('#')) throw new Error(`unknown word "${word}"`);
    }
  }
  return { parts, cases };
}

interface Block {
  readonly head: string;
  readonly lines: string[];
  text: string;
}

function blocks(text: string): Block[] {
  const list: Block[] = [];
  for (const line of text.split('\n')) {
    const last = list.at(-1);
    if (/^\s+\S/.test(line) && last !== undefined) {
      last.lines.push(line.replace(/^ {1,2}/, ''));
      last.text += `${line}\n`;
    } else if (line.trim() !== '') list.push({ head: line, lines: [], text: `${line}\n` });
  }
  return list;
}

/** Writes a script with what its cases expect now. */
export function printScript(script: Script): string {
  let isAfterComment = false;
  const text = script.parts.map((part, index) => {
    // A blank line goes before a case and the comments that belong to it.
    const blank = isAfterComment || index === 0 ? '' : '\n';
    isAfterComment = typeof part === 'string' && part.startsWith('#');
    if (typeof part === 'string') return typeof script.parts[index - 1] === 'string' ? part : blank + part;
    const [first = '', ...more] = part.spl.split('\n');
    const { rows, error } = part.expected ?? {};
    const lines = rows ?? error ?? [];
    return `${blank}spl ${first}\n${more.map((line) => `  ${line}\n`).join('')}${rows === undefined ? 'error' : 'rows'}\n${lines.map((line) => `  ${line}\n`).join('')}`;
  });
  return text.join('').replace(/^\n/, '');
}
