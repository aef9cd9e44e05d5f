// Templates of the pages: ours from templates/<flavor>/, each replaced by the repository's own of the same path.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { packageRoot } from '../package-root.js';

/** Renders the template of a name with a view. */
export type Render = (name: string, view: object) => string;

/**
 * Loads the templates of one flavor. They are strict: a name that the view does not have is a fault of the template,
 * thrown as a DiagnosticError that points into it. Files whose name begins with `_` are partials. A file of the
 * repository that is neither one of ours nor a partial would never be used, and is a fault too.
 */
export function loadTemplates(flavor: string, repositoryRoot: string): Render {
  const engine = Handlebars.create();
  const ours = join(packageRoot(), 'templates', flavor);
  const theirs = join(repositoryRoot, 'templates', flavor);
  const ourNames = templatesIn(ours);
  const theirNames = new Set(ours === theirs ? [] : templatesIn(theirs));
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const name of [...new Set([...ourNames, ...theirNames])].sort()) {
    const file = `templates/${flavor}/${name}`;
    if (!name.startsWith('_') && !ourNames.includes(name)) throw unknownTemplate(file, name, ourNames);
    const source = readFileSync(join(theirNames.has(name) ? theirs : ours, name), 'utf8');
    const template = engine.compile(source, {
      noEscape: true,
      strict: true,
      knownHelpersOnly: true,
    });
    const run = blaming(file, source, template);
    if (name.startsWith('_')) engine.registerPartial(name.slice(1, -4), run);
    else compiled.set(name.slice(0, -4), run);
  }
  return (name, view) => {
    const template = compiled.get(name);
    if (!template) throw new Error(`template ${flavor}/${name}.hbs is missing`);
    return template(view);
  };
}

function templatesIn(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.hbs'))
    .map((entry) => entry.name);
}

/** The template, whose own faults are diagnostics in its file; those of a partial are in the partial's. */
function blaming(
  file: string,
  source: string,
  run: Handlebars.TemplateDelegate,
): Handlebars.TemplateDelegate {
  return (view, options) => {
    try {
      return run(view, options);
    } catch (error) {
      throw error instanceof DiagnosticError ? error : templateFault(file, source, error);
    }
  };
}

/** Turns what Handlebars throws into a diagnostic at the line that its message names. */
function templateFault(file: string, source: string, error: unknown): DiagnosticError {
  const text = error instanceof Error ? error.message : String(error);
  const at = / - (\d+):(\d+)$/.exec(text) ?? /on line (\d+)/.exec(text);
  const missing = /^"([^"]*)" not defined/.exec(text)?.[1];
  const helper = /used the unknown helper (\S+)/.exec(text)?.[1];
  const partial = /^The partial (\S+) could not be found/.exec(text)?.[1];
  let [line, column] = [Number(at?.[1] ?? 1), Number(at?.[2] ?? 0) + 1];
  let message = `the template cannot be read: ${text
    .replace(/ - \d+:\d+$/, '')
    .split('\n')
    .at(-1)}`;
  let help: string | undefined;
  if (missing !== undefined) message = `the view has no value "${missing}"`;
  else if (helper !== undefined) {
    message = `there is no helper "${helper}"`;
    help = 'templates have the helpers if, unless, each, with and lookup';
  } else if (partial !== undefined) {
    message = `there is no partial "${partial}"`;
    // Handlebars does not say where the call is.
    const calls = [...source.matchAll(/\{\{~?#?>\s*([^\s~}]+)/g)];
    const before = source.slice(0, calls.find((call) => call[1] === partial)?.index ?? 0).split('\n');
    [line, column] = [before.length, before.at(-1)!.length + 1];
    help = `write it to ${file.replace(/[^/]*$/, `_${partial}.hbs`)}`;
  } else if (error instanceof RangeError) message = 'the template calls itself without end';
  return new DiagnosticError([fault(file, line, column, message, help)]);
}

function unknownTemplate(file: string, name: string, known: readonly string[]): DiagnosticError {
  const own = known.filter((each) => !each.startsWith('_'));
  const help = didYouMean(name, own) ?? `templates are ${own.join(', ')}`;
  return new DiagnosticError([fault(file, 1, 1, `no page is made with a template "${name}"`, help)]);
}

function fault(file: string, line: number, column: number, message: string, help?: string): Diagnostic {
  const place = { file, line, column, endLine: line, endColumn: column };
  return { ...place, severity: 'error', code: 'template', message, ...(help === undefined ? {} : { help }) };
}
