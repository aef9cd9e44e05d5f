// Makes the runtime that emitted evaluators import: one module and its types, from the compiled program.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { build } from 'esbuild';

/** Bundles `<folder>/evaluator-runtime.js` and the declarations it reaches into `<folder>/evaluator/runtime.*`. */
export async function bundleRuntime(folder) {
  const target = join(folder, 'evaluator');
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: [join(folder, 'evaluator-runtime.js')],
    outfile: join(target, 'runtime.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    banner: { js: '// The runtime of the evaluators beside it. Made by detc; do not edit.' },
  });
  writeFileSync(join(target, 'runtime.d.ts'), declarations(folder));
}

/** One file of all declarations that the entry's types reach; names are unique across them. */
function declarations(folder) {
  const seen = new Set();
  const parts = [];
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, , path] of text.matchAll(/\b(import|export)\b[^;'"]*?from\s+['"](\.[^'"]+)['"]/g))
      visit(posix.normalize(posix.join(dirname(file), path)).replace(/\.js$/, '.d.ts'));
    parts.push(
      text
        .replace(/^\s*import\b[^;]*;\s*$/gm, '')
        .replace(/^\s*export\s+(?:type\s+)?\{[^}]*\}\s*(?:from\s+['"][^'"]+['"])?;\s*$/gm, '')
        .replace(/^\s*export\s+\*[^;]*;\s*$/gm, '')
        .replace(/^\/\/# sourceMappingURL=.*$/gm, ''),
    );
  };
  if (!existsSync(join(folder, 'evaluator-runtime.d.ts'))) throw new Error('the program is not compiled');
  visit('evaluator-runtime.d.ts');
  return `// Types of the runtime beside it. Made by detc; do not edit.\n${parts.join('\n')}`;
}
