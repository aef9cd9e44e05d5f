// Compiles src/ to dist/js, lays the JSON schemas beside the modules that read them, and bundles the command line.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProgram, identifyProgram } from './bundle-program.mjs';
import { bundleRuntime } from './bundle-runtime.mjs';
import { compileValidators } from './compile-validators.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'tsc.cmd' : 'tsc');
execFileSync(bin, ['-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});

for (const entry of readdirSync(join(root, 'src'), { recursive: true })) {
  const name = String(entry);
  if (name.endsWith('.schema.json')) cpSync(join(root, 'src', name), join(root, 'dist', 'js', name));
}
await compileValidators(join(root, 'dist', 'js', 'content'));
await bundleRuntime(join(root, 'dist', 'js'));
// The app's templates, compiled ahead with the options of src/app/templates.ts, each with the text it was made of.
const require = createRequire(import.meta.url);
const handlebars = require('handlebars');
const folder = join(root, 'templates', 'app');
const options = { strict: true, noEscape: true, preventIndent: true, knownHelpersOnly: true };
const templates = readdirSync(folder)
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    return `${JSON.stringify(file.slice(0, -4))}: { source: ${JSON.stringify(source)}, spec: ${handlebars.precompile(source, options)} }`;
  });
writeFileSync(
  join(root, 'dist', 'js', 'app', 'templates.cjs'),
  `module.exports = {\n${templates.join(',\n')}\n};\n`,
);
await bundleProgram(root, join(root, 'dist', 'js'));
identifyProgram(join(root, 'dist', 'js'));
const cli = join(root, 'dist', 'js', 'cli.js');
if (existsSync(cli)) chmodSync(cli, 0o755);
