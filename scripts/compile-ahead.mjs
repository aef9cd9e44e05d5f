// Runs the bundled command line on a repository, without a cache and with one, and keeps the code that V8 has made of it.
// `node compile-ahead.mjs <compiled folder> <repository> <output folder>`
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const [folder, repository, out] = process.argv.slice(2);
const file = join(folder, 'program', 'main.cjs');
const script = new Script(readFileSync(file, 'latin1'), {
  filename: pathToFileURL(join(folder, 'cli.js')).href,
});
const program = { exports: {} };
const url = pathToFileURL(file).href;
const start = script.runInThisContext();
const run = start(createRequire(file), program, program.exports, url, (name) => import(name));
process.stderr.write = () => true;
for (let round = 0; round < 2; round++)
  await run(['build', '-C', repository, '--out', out, '--only', 'app,api']);
process.exitCode = 0;
writeFileSync(`${join(folder, 'program', 'main')}.code~`, script.createCachedData());
