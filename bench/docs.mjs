// How long the Markdown and Jekyll pages of the 4.x repository take, from the loaded content to texts, beside writing
// the same bytes to disk in the same run; and the whole site with its peak of memory. Run `npm run build` first.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const corpus = resolve(root, '../shared/corpus/4.x');
const compiled = join(root, 'dist/js');
const rounds = 5;

function write(files) {
  const folder = mkdtempSync(join(tmpdir(), 'detc-bench-docs-'));
  const folders = new Set();
  const start = performance.now();
  for (const { path, content } of files) {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!folders.has(parent)) {
      mkdirSync(parent, { recursive: true });
      folders.add(parent);
    }
    writeFileSync(file, content);
  }
  const taken = performance.now() - start;
  rmSync(folder, { recursive: true });
  return taken;
}

if (!existsSync(corpus)) {
  process.stdout.write('docs: left out, there is no repository to render beside this checkout\n');
} else {
  const { loadRepository } = await import(join(compiled, 'content/load.js'));
  const { renderDocs } = await import(join(compiled, 'docs/render-docs.js'));
  const { content } = loadRepository(corpus);
  for (const flavor of ['markdown', 'jekyll']) {
    let rendering = Number.POSITIVE_INFINITY;
    let writing = Number.POSITIVE_INFINITY;
    let files = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      files = await renderDocs(content, { flavor });
      rendering = Math.min(rendering, performance.now() - start);
      writing = Math.min(writing, write(files));
    }
    const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.content), 0);
    process.stdout.write(
      `docs ${flavor}: ${files.length} pages, ${(bytes / 1e6).toFixed(1)} MB: rendered in ${rendering.toFixed(0)} ms, ` +
        `written in ${writing.toFixed(0)} ms, ${(rendering / writing).toFixed(2)} times (at most 5)\n`,
    );
  }
  const start = performance.now();
  const files = await renderDocs(content, { flavor: 'site' });
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(
    `docs site: ${files.length} files built in ${seconds.toFixed(1)} s (at most 60), ` +
      `peak ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB (at most 2000)\n`,
  );
}
