// Templates of the pages: ours from templates/<flavor>/, each replaced by the repository's own of the same path.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { DiagnosticError } from '../diagnostic/diagnostic.js';
import { packageRoot } from '../package-root.js';

/** Renders the template of a name with a view. */
export type Render = (name: string, view: object) => string;

/**
 * Loads the templates of one flavor. They are strict: a name that the view does not have is a fault of the template,
 * thrown as a DiagnosticError that points into it. Files whose name begins with `_` are partials.
 */
export function loadTemplates(flavor: string, repositoryRoot: string): Render {
  const engine = Handlebars.create();
  const ours = join(packageRoot(), 'templates', flavor);
  const theirs = join(repositoryRoot, 'templates', flavor);
  const compiled = new Map<string, { run: Handlebars.TemplateDelegate; file: string }>();
  const names = new Set([ours, theirs].filter(existsSync).flatMap((folder) => readdirSync(folder)));
  for (const name of [...names].filter((file) => file.endsWith('.hbs')).sort()) {
    const own = existsSync(join(theirs, name));
    const file = `templates/${flavor}/${name}`;
    const run = engine.compile(readFileSync(join(own ? theirs : ours, name), 'utf8'), {
      noEscape: true,
      strict: true,
      knownHelpersOnly: true,
    });
    if (name.startsWith('_')) engine.registerPartial(name.slice(1, -4), run);
    else compiled.set(name.slice(0, -4), { run, file });
  }
  return (name, view) => {
    const template = compiled.get(name);
    if (!template) throw new Error(`template ${flavor}/${name}.hbs is missing`);
    try {
      return template.run(view);
    } catch (error) {
      throw templateFault(template.file, error);
    }
  };
}

/** Turns what Handlebars throws into a diagnostic at the line that its message names. */
function templateFault(file: string, error: unknown): DiagnosticError {
  const text = error instanceof Error ? error.message : String(error);
  const at = / - (\d+):(\d+)$/.exec(text) ?? /on line (\d+)/.exec(text);
  const line = Number(at?.[1] ?? 1);
  const column = Number(at?.[2] ?? 0) + 1;
  const missing = /^"([^"]*)" not defined/.exec(text)?.[1];
  return new DiagnosticError([
    {
      file,
      line,
      column,
      endLine: line,
      endColumn: column,
      severity: 'error',
      code: 'template',
      message:
        missing === undefined
          ? `the template cannot be read: ${text.split('\n').at(-1)}`
          : `the view has no value "${missing}"`,
    },
  ]);
}
