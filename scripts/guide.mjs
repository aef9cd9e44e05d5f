// Makes the guide a site: docs/guide/ to dist/guide/. Run `npm run build` first.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { renderGuide } = await import(join(root, 'dist/js/docs/site/guide.js'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const files = await renderGuide(join(root, 'docs/guide'), { title: 'detc guide', version });
for (const { path, content } of files) {
  const file = join(root, 'dist/guide', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
console.log(`${files.length} files in dist/guide`);
