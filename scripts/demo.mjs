// The tour of `npm run demo`: checks, builds and tests the bundled content, then shows what one detection finds.
// The program is compiled by `npm ci`; it is compiled again only when a source is newer.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'dist', 'js', 'cli.js');

const newest = readdirSync(join(root, 'src'), { recursive: true }).reduce(
  (latest, name) => Math.max(latest, statSync(join(root, 'src', String(name))).mtimeMs),
  0,
);
if (!existsSync(cli) || statSync(cli).mtimeMs < newest) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Shows a command as a person would type it, runs it, and ends the demo with its exit code when it fails. */
function detc(...args) {
  const shown = args
    .map((arg) => (/^[\w./:=-]+$/.test(arg) ? arg : `'${arg.length > 60 ? `${arg.slice(0, 59)}…` : arg}'`))
    .join(' ');
  console.log(`\n$ detc ${shown}`);
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(cli))
  spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' });

const stem = 'windows_msiexec_with_network_connections';
detc('validate');
detc('build');
detc('test');

console.log('\nWritten for this detection:');
const apps = readdirSync(join(root, 'dist')).filter((name) =>
  existsSync(join(root, 'dist', name, 'default', 'savedsearches.conf')),
);
const written = [
  ...apps.flatMap((app) => [
    join('dist', app, 'default', 'savedsearches.conf'),
    join('dist', app, 'default', 'macros.conf'),
  ]),
  ...readdirSync(join(root, 'dist'))
    .filter((name) => name.endsWith('.tar.gz'))
    .map((name) => join('dist', name)),
  join('dist', 'docs', 'jekyll', '_posts', `2022-06-16-${stem}.md`),
  join('dist', 'evaluators', 'endpoint', `${stem}.ts`),
];
for (const path of written) {
  if (!existsSync(join(root, path))) {
    console.error(`missing: ${path}`);
    process.exit(1);
  }
  console.log(`  ${relative(root, join(root, path))}  (${statSync(join(root, path)).size} bytes)`);
}

console.log('\nFound by it:');
const { search } = load(readFileSync(join(root, 'detections', 'endpoint', `${stem}.yml`), 'utf8'));
detc('run', search, '--data', `datasets/${stem}/windows-sysmon.log`);
