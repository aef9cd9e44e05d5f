// Runs the bundled command line on a copy of a repository, without a cache, after edits of one file and of each kind of file,
// and once more, and keeps the code that V8 has made of it.
// `node compile-ahead.mjs <compiled folder> <repository> <folder for the copy>`
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

const [folder, source, work] = process.argv.slice(2);
const kinds = ['detections', 'macros', 'lookups', 'stories', 'baselines', 'data_sources', 'deployments'];
const repository = join(work, 'repository');
for (const name of [...kinds, 'datasets', 'detc.yml'])
  if (existsSync(join(source, name))) cpSync(join(source, name), join(repository, name), { recursive: true });
/** The first YAML file of each kind. */
const edited = kinds.flatMap((kind) => {
  const name = readdirSync(join(repository, kind), { recursive: true, encoding: 'utf8' })
    .sort()
    .find((path) => path.endsWith('.yml'));
  return name === undefined ? [] : join(repository, kind, name);
});
// V8 forgets the code of functions that have not been called for a while.
setFlagsFromString('--no-flush-bytecode');
const file = join(folder, 'program', 'main.cjs');
const script = new Script(readFileSync(file, 'latin1'), {
  filename: pathToFileURL(join(folder, 'cli.js')).href,
});
const program = { exports: {} };
const url = pathToFileURL(file).href;
const start = script.runInThisContext();
const run = start(createRequire(file), program, program.exports, url, (name) => import(name));
process.stderr.write = () => true;
const args = ['build', '-C', repository, '--out', join(work, 'dist'), '--only', 'app,api'];
await run(args);
// Where nothing is written most of a build does not run.
if (process.exitCode !== 0) throw new Error(`${source}: the content has errors`);
for (const path of edited) appendFileSync(path, '# edited\n');
await run(args);
for (const edit of [
  (text) => text.replace(/^description: /m, 'description: Edited. '),
  (text) => text.replace(/^search: /m, '# edited\nsearch: '),
  (text) => text.replace(/^version: /m, 'version: 1'),
]) {
  writeFileSync(edited[0], edit(readFileSync(edited[0], 'utf8')));
  await run(args);
}
await run(args);
process.exitCode = 0;
// It takes kept code only where it was made under the same flags.
setFlagsFromString('--flush-bytecode');
writeFileSync(`${join(folder, 'program', 'main')}.code~`, script.createCachedData());
