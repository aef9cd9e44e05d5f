// Pages that a repository adds to its site: Markdown files below templates/site/pages/, with a title in front.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JSON_SCHEMA, load, type YAMLException } from 'js-yaml';
import { DiagnosticError } from '../../diagnostic/diagnostic.js';

export interface CustomPage {
  /** Path in the site, with `/` and the ending `.html`. */
  readonly path: string;
  readonly title: string;
  /** Its Markdown, without the front matter. */
  readonly text: string;
}

const folderName = 'templates/site/pages';

/** Reads the pages; throws a DiagnosticError for front matter that says anything but a title. */
export function readCustomPages(root: string): CustomPage[] {
  const folder = join(root, folderName);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
    .map((name) => readPage(name, readFileSync(join(folder, name), 'utf8')));
}

/** Says that a page of the repository would stand where one of ours does. */
export function takenPage(page: CustomPage): DiagnosticError {
  const name = page.path.replace(/html$/, 'md');
  return fault(name, 1, 1, `the site has a page "${page.path}" already`, 'name this file otherwise');
}

function readPage(name: string, written: string): CustomPage {
  const text = written.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const path = name.replace(/md$/, 'html');
  const title = name.replace(/\.md$/, '');
  const front = /^---[^\n]*\n(?:([\s\S]*?)\n)??---[ \t]*(?:\n|$)/.exec(text);
  if (!front) return { path, title, text };
  if (!/^---[ \t]*\n/.test(text)) throw fault(name, 1, 1, 'front matter is YAML between two lines of "---"');
  const data = frontMatter(name, front[1] ?? '');
  const other = Object.keys(data).find((key) => key !== 'title');
  if (other !== undefined) {
    const line = text.split('\n').findIndex((each) => each.trimStart().startsWith(other)) + 1;
    throw fault(
      name,
      Math.max(line, 2),
      1,
      `a page takes no "${other}"`,
      'front matter of a page has "title"',
    );
  }
  const own = (data as { title?: unknown }).title;
  return {
    path,
    title: typeof own === 'string' && own.trim() !== '' ? own.trim() : title,
    text: text.slice(front[0].length),
  };
}

function frontMatter(name: string, yaml: string): object {
  let data: unknown;
  try {
    data = yaml.trim() === '' ? {} : load(yaml, { schema: JSON_SCHEMA });
  } catch (error) {
    const { reason, mark } = error as YAMLException;
    const [line, column] = [(mark?.line ?? 0) + 2, (mark?.column ?? 0) + 1];
    throw fault(name, line, column, `the front matter cannot be read: ${reason || 'it is no YAML'}`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw fault(name, 2, 1, 'front matter is a mapping', 'write "title: …"');
  return data;
}

function fault(name: string, line: number, column: number, message: string, help?: string): DiagnosticError {
  const place = { file: `${folderName}/${name}`, line, column, endLine: line, endColumn: column };
  const rest = help === undefined ? {} : { help };
  return new DiagnosticError([{ ...place, severity: 'error', code: 'template', message, ...rest }]);
}
