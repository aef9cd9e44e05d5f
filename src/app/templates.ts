// The app's handlebars templates: compiled once per process, strict, and nothing is escaped but by the views.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { packageRoot } from '../package-root.js';

const options = { strict: true, noEscape: true, preventIndent: true, knownHelpersOnly: true } as const;
const compiled = new Map<string, (view: object) => string>();
let environment: typeof Handlebars | undefined;

/**
 * Renders `templates/app/<name>.hbs` with a view.
 *
 * Templates place values and loop; they decide nothing. A value that a template names and the view lacks is a bug and
 * throws.
 */
export function render(name: string, view: object): string {
  let template = compiled.get(name);
  if (template === undefined) {
    template = load().compile<object>(readTemplate(name), options);
    compiled.set(name, template);
  }
  return template(view);
}

const folder = () => join(packageRoot(), 'templates', 'app');
const readTemplate = (name: string) => readFileSync(join(folder(), `${name}.hbs`), 'utf8');

/** Makes an environment of our own, so that nothing registered elsewhere can change the app. */
function load(): typeof Handlebars {
  if (environment) return environment;
  environment = Handlebars.create();
  for (const file of readdirSync(folder()))
    if (file.startsWith('_') && file.endsWith('.hbs'))
      environment.registerPartial(
        file.slice(1, -4),
        environment.compile(readTemplate(file.slice(0, -4)), options),
      );
  return environment;
}
