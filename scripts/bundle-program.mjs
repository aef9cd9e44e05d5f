// Puts the modules of the command line and of its worker threads together: hundreds of small files take longer to open
// than a repository takes to build. The modules of the library stay as they are.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Programs of threads, by their path without ending below src/ and below the compiled folder. */
const threads = ['build-worker', 'testing/worker'];

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Packages stay imports, so that their licences stay with them.
  packages: 'external',
  // Names of functions stay: the report of a bug shows them.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Bundles the programs of `<root>/src` into `<folder>`: each thread into its own file, with what they share in
 * `program/`, and the command line into `program/main.cjs`, one function that `cli.js` calls.
 */
export async function bundleProgram(root, folder) {
  rmSync(join(folder, 'program'), { recursive: true, force: true });
  await build({
    ...options,
    entryPoints: threads.map((entry) => ({ in: join(root, 'src', `${entry}.ts`), out: entry })),
    outdir: folder,
    allowOverwrite: true,
    splitting: true,
    chunkNames: 'program/[name]-[hash]',
    format: 'esm',
  });
  const start =
    "import { createProgram } from './cli/program.js'; module.exports = (args) => createProgram().run(args);";
  const { outputFiles, metafile } = await build({
    ...options,
    packages: 'bundle',
    plugins: [alongside(folder)],
    metafile: true,
    stdin: { contents: start, resolveDir: join(root, 'src') },
    write: false,
    format: 'cjs',
    define: { 'import.meta.url': '__url' },
  });
  // V8 forgets for code it has kept how modules are imported, so the launcher does that. The text is ASCII, which
  // esbuild sees to, so that it is read without decoding.
  const body = outputFiles[0].text.replace(/\bimport\(/g, '__import(');
  const text = `(function (require, module, exports, __url, __import) {${body}\nreturn module.exports;\n})`;
  writeFileSync(join(folder, 'program', 'main.cjs'), text);
  writeFileSync(join(folder, 'program', 'LICENSES'), licencesOf(root, Object.keys(metafile.inputs)));
  writeFileSync(join(folder, 'cli.js'), launcher);
  compileAhead(root, folder);
}

/** Packages that every command or build loads: their code is kept with that of the program. */
const bundled = ['commander', 'js-yaml', 'picocolors', 'handlebars/dist/handlebars.runtime.min.js'];

/** Takes these packages into the bundle, and what the package's build has compiled ahead; all others stay imports. */
const alongside = (folder) => ({
  name: 'alongside',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      const isOurs = kind !== 'entry-point' && !importer.includes('node_modules');
      return isOurs && !bundled.includes(path) ? { path, external: true } : undefined;
    });
    // Modules ask for these by `createRequire`, which is none of the bundler's business.
    onLoad({ filter: /[\\/]src[\\/](app[\\/]templates|content[\\/]yaml[\\/]js-yaml)\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8')
        .replace(/const require = createRequire\(import\.meta\.url\);\n/, '')
        .replace('createRequire(import.meta.url)', 'require')
        .replace('require(made)', requireOf('app', 'templates.cjs'));

      return { contents, loader: 'ts' };
    });
    const requireOf = (...path) => `require(${JSON.stringify(join(folder, ...path))})`;
  },
});

/** The licences of the packages that are in the bundle, which go with every copy. */
function licencesOf(root, inputs) {
  const packages = new Set(
    inputs.map((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]),
  );
  return [...packages]
    .filter((name) => name !== undefined)
    .sort()
    .map((name) => {
      const from = join(root, 'node_modules', name);
      const file = readdirSync(from).find((path) => /^licen[cs]e/i.test(path));
      if (file === undefined) throw new Error(`${name} has no licence`);
      return `${name}\n\n${readFileSync(join(from, file), 'utf8').trim()}\n`;
    })
    .join('\n\n');
}

/**
 * What `cli.js` does: calls the bundle, with the code that V8 made of it when the package was built, where V8 is the same
 * and takes it.
 */
const launcher = `#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

const file = new URL('program/main.cjs', import.meta.url);
const code = new URL('program/main.code', import.meta.url);
const script = new Script(readFileSync(file, 'latin1'), {
  filename: import.meta.url,
  cachedData: existsSync(code) ? readFileSync(code) : undefined,
});
const program = { exports: {} };
const start = script.runInThisContext();
const run = start(createRequire(file), program, program.exports, file.href, (name) => import(name));
await run(process.argv.slice(2));
`;

/** Writes the code that V8 makes of the bundle and of the functions that a build calls. */
function compileAhead(root, folder) {
  const out = mkdtempSync(join(tmpdir(), 'detc-code-'));
  try {
    execFileSync(process.execPath, [join(root, 'scripts', 'compile-ahead.mjs'), folder, root, out], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    renameSync(join(folder, 'program', 'main.code~'), join(folder, 'program', 'main.code'));
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** Writes `<folder>/program/id`: a text that differs between any two programs, for what one may keep for itself. */
export function identifyProgram(folder) {
  const hash = createHash('sha256').update(process.version);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(c?js|json)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  writeFileSync(join(folder, 'program', 'id'), hash.digest('base64url'));
}
