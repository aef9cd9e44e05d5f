// Runs the commands that a Markdown page shows and holds their output against what the page says.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * A block of a page that a test acts on. ```` ```console ```` shows commands behind `$ ` with their output; a line `…`
 * of it stands for any lines. `lines=N` lets an update keep the first N lines of each output. Any other block with
 * `file=path` is a file that the page asks the reader to write, with `append` one to add to.
 */
interface Block {
  readonly language: string;
  readonly options: ReadonlyMap<string, string>;
  readonly text: string;
  /** Offsets of the text in the page. */
  readonly start: number;
  readonly end: number;
}

interface Shown {
  readonly command: string;
  readonly output: string;
}

function blocks(page: string): Block[] {
  const found: Block[] = [];
  for (const match of page.matchAll(/^(`{3,})(\w+)([^\n`]*)\n([\s\S]*?)^\1$/gm)) {
    const [whole, fence = '', language = '', info = '', text = ''] = match;
    const end = match.index + whole.length - fence.length;
    const options = new Map(
      info
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => {
          const [name = '', value = ''] = word.split('=');
          return [name, value] as const;
        }),
    );
    found.push({ language, options, text, start: end - text.length, end });
  }
  return found;
}

function shownIn(text: string): Shown[] {
  const found: Shown[] = [];
  let command: string[] = [];
  let output: string[] = [];
  const flush = (): void => {
    if (command.length > 0) found.push({ command: command.join('\n'), output: output.join('\n') });
    command = [];
    output = [];
  };
  let open = '';
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (open !== '') command.push(line);
    else if (line.startsWith('$ ')) {
      flush();
      command.push(line.slice(2));
    } else output.push(line);
    // A command goes on while a quote is open or its line ends in a backslash.
    open = command.length > 0 && output.length === 0 && isOpen(command.join('\n')) ? 'open' : '';
  }
  flush();
  return found;
}

function isOpen(command: string): boolean {
  return /\\$/.test(command) || (command.match(/'/g)?.length ?? 0) % 2 === 1;
}

/** What differs from run to run becomes the same: durations, and the folder that the commands ran in. */
function stable(output: string, folder: string): string {
  return output
    .replaceAll(folder, '/repository')
    .replace(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, '<time>')
    .replace(/\b\d+(?:\.\d+)? [kM]?B\b/g, '<size>')
    .replace(/\b[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}\b/g, '<uuid>')
    .replace(/(?<="durationMs": )\d+/g, '<time>')
    .replace(/(?<=\.conf:)\d+/g, '<line>')
    .replace(/ +(?=<)|[ \t]+$/gm, ' ')
    .trimEnd();
}

function fits(shown: string, real: string): boolean {
  const parts = `\n${shown}\n`.split('\n…\n');
  const text = `\n${real}\n`;
  if (parts.length === 1) return parts[0] === text;
  if (!text.startsWith(`${parts[0]}\n`) || !text.endsWith(`\n${parts.at(-1)}`)) return false;
  let at = (parts[0] ?? '').length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(`\n${part}\n`, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

/** A folder with `detc` on its path, in which a page's commands run. */
export class Sandbox {
  readonly folder: string;
  readonly #bin: string;

  /** @param compiled folder of the compiled program; `bundled` puts the content that comes with detc into it. */
  constructor(compiled: string, content: 'bundled' | 'empty') {
    const home = mkdtempSync(join(tmpdir(), 'detc-guide-'));
    this.folder = join(home, 'repository');
    this.#bin = join(home, 'bin');
    mkdirSync(this.folder);
    mkdirSync(this.#bin);
    const program = join(this.#bin, 'detc');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(compiled, 'cli.js')}" "$@"\n`);
    chmodSync(program, 0o755);
    // The library, as `npm install detc` would put it there.
    const library = join(home, 'node_modules', 'detc');
    mkdirSync(library, { recursive: true });
    symlinkSync(compiled, join(library, 'js'));
    const exported = { '.': './js/index.js', './vitest': './js/vitest.js' };
    writeFileSync(
      join(library, 'package.json'),
      JSON.stringify({ name: 'detc', type: 'module', exports: exported }),
    );
    if (content === 'bundled')
      for (const name of readdirSync(root))
        if (contentNames.has(name)) cpSync(join(root, name), join(this.folder, name), { recursive: true });
  }

  async run(command: string): Promise<string> {
    const child = spawn('sh', ['-c', command], {
      cwd: this.folder,
      env: {
        ...process.env,
        PATH: `${this.#bin}${delimiter}${process.env['PATH'] ?? ''}`,
        NO_COLOR: '1',
        COLUMNS: '80',
        HOME: dirname(this.folder),
        XDG_CACHE_HOME: join(dirname(this.folder), 'cache'),
        GIT_CEILING_DIRECTORIES: tmpdir(),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    await new Promise((done) => child.on('close', done));
    return output;
  }

  write(path: string, text: string, append: boolean): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: append ? 'a' : 'w' });
  }

  remove(): void {
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }
}

const contentNames = new Set([
  'baselines',
  'data_sources',
  'datasets',
  'deployments',
  'detc.yml',
  'detections',
  'lookups',
  'macros',
  'stories',
  'tests',
]);

/** A shown output that is not what the command prints. */
export interface Difference {
  readonly command: string;
  readonly shown: string;
  readonly real: string;
}

/**
 * Runs all commands of a page in order. A comment `<!-- in an empty folder -->` on the page says that they do not run in
 * a copy of the bundled content. With `update` the page is rewritten where an output differs.
 */
export async function runPage(file: string, compiled: string, update: boolean): Promise<Difference[]> {
  const page = readFileSync(file, 'utf8');
  const sandbox = new Sandbox(compiled, page.includes('<!-- in an empty folder -->') ? 'empty' : 'bundled');
  const differences: Difference[] = [];
  let rewritten = '';
  let last = 0;
  try {
    for (const block of blocks(page)) {
      const path = block.options.get('file');
      if (path !== undefined) sandbox.write(path, block.text, block.options.has('append'));
      if (block.language !== 'console') continue;
      const texts: string[] = [];
      for (const { command, output } of shownIn(block.text)) {
        const real = (await sandbox.run(command)).replaceAll(sandbox.folder, '/repository').trimEnd();
        const same = fits(stable(output, sandbox.folder), stable(real, sandbox.folder));
        if (!same) differences.push({ command, shown: output, real });
        const kept = same && output !== '' ? output : shorten(real, Number(block.options.get('lines') ?? 0));
        texts.push(`$ ${command}\n${kept === '' ? '' : `${kept}\n`}`);
      }
      rewritten += page.slice(last, block.start) + texts.join('');
      last = block.end;
    }
  } finally {
    sandbox.remove();
  }
  if (update && differences.length > 0) {
    writeFileSync(file, rewritten + page.slice(last));
    return [];
  }
  return differences;
}

function shorten(output: string, lines: number): string {
  const all = output.split('\n').map((line) => line.trimEnd());
  return lines === 0 || all.length <= lines + 1 ? all.join('\n') : [...all.slice(0, lines), '…'].join('\n');
}
