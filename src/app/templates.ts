// The app's handlebars templates: strict, and nothing is escaped but by the views. `npm run build` compiles them ahead.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Handlebars from 'handlebars';
import { packageRoot, programFolder } from '../package-root.js';

/** How templates are compiled, here and in scripts/build.mjs. */
const options = { strict: true, noEscape: true, preventIndent: true, knownHelpersOnly: true } as const;

type Template = (view: object) => string;
/** What scripts/build.mjs writes: each template with the text it was made of, so that a changed one is not used. */
type Ahead = Readonly<Record<string, { readonly source: string; readonly spec: object } | undefined>>;

const require = createRequire(import.meta.url);
const compiled = new Map<string, Template>();
let environment: { readonly compile: (name: string) => Template } | undefined;

/**
 * Renders `templates/app/<name>.hbs` with a view.
 *
 * Templates place values and loop; they decide nothing. A value that a template names and the view lacks is a bug and
 * throws.
 */
export function render(name: string, view: object): string {
  let template = compiled.get(name);
  if (template === undefined) {
    environment ??= load();
    template = environment.compile(name);
    compiled.set(name, template);
  }
  return template(view);
}

const folder = () => join(packageRoot(), 'templates', 'app');

/** Makes an environment of our own, so that nothing registered elsewhere can change the app. */
function load(): NonNullable<typeof environment> {
  const names = readdirSync(folder())
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => file.slice(0, -'.hbs'.length));
  const sources = new Map(names.map((name) => [name, readFileSync(join(folder(), `${name}.hbs`), 'utf8')]));
  const made = join(programFolder(), 'app', 'templates.cjs');
  const ahead: Ahead = existsSync(made) ? (require(made) as Ahead) : {};
  const isAhead = names.every((name) => ahead[name]?.source === sources.get(name));
  // The runtime alone, in one file, is loaded ten times faster than the compiler.
  const module: unknown = isAhead
    ? require('handlebars/dist/handlebars.runtime.min.js')
    : require('handlebars');
  const handlebars = (module as typeof Handlebars).create();
  const compile = (name: string): Template =>
    isAhead
      ? handlebars.template<object>(ahead[name]!.spec as Parameters<typeof handlebars.template>[0])
      : handlebars.compile(sources.get(name), options);
  for (const name of names)
    if (name.startsWith('_')) handlebars.registerPartial(name.slice(1), compile(name) as Handlebars.Template);
  return { compile };
}
