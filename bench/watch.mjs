// How long `detc validate --watch` takes from a save to its answer on the 4.x repository: the program runs beside this
// one, files of every kind are saved in turn, and the time until the last line of the answer counts.
// Run `npm run build` first. `node bench/watch.mjs [repository]`.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = process.argv[2] ?? join(root, '../shared/corpus/4.x');
const saves = 9;
if (!existsSync(source)) {
  console.log(`skipped: ${source} is not there`);
  process.exit(0);
}

const repository = mkdtempSync(join(tmpdir(), 'detc-bench-'));
cpSync(source, repository, { recursive: true });
const child = spawn(
  process.execPath,
  [join(root, 'dist/js/cli.js'), 'validate', '-C', repository, '--watch', '--format', 'json'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
let output = '';
let answered = () => {};
child.stdout.setEncoding('utf8').on('data', (chunk) => {
  output += chunk;
  if (output.endsWith('}\n')) answered(performance.now());
});
const answer = () =>
  new Promise((done) => {
    output = '';
    answered = done;
  });

/** Milliseconds from a change to its answer. */
async function time(change) {
  // Nobody saves before the last answer is read.
  await new Promise((done) => setTimeout(done, 150));
  const answers = answer();
  const before = performance.now();
  change();
  return (await answers) - before;
}

/** Times of saves, sorted. `edit` gives the text of each save. */
async function measure(file, edit) {
  const path = join(repository, file);
  const isThere = existsSync(path);
  const text = isThere ? readFileSync(path, 'utf8') : '';
  const times = [];
  for (let number = 0; number < saves; number++)
    times.push(await time(() => writeFileSync(path, edit(text, number))));
  await time(() => (isThere ? writeFileSync(path, text) : rmSync(path)));
  return times.sort((a, b) => a - b);
}

/** Times by what is done with a file: another one added, moved, deleted, and the file itself deleted. */
async function measureFiles(file) {
  const path = join(repository, file);
  const [added, moved] = ['_added', '_moved'].map((mark) => path.replace(/(\.\w+)$/, `${mark}$1`));
  const text = readFileSync(path, 'utf8');
  const times = { added: [], moved: [], deleted: [], 'that others need, deleted': [] };
  for (let number = 0; number < saves; number++) {
    times.added.push(
      await time(() => writeFileSync(added, text.replace(/^name: .*$/m, `$& added ${number}`))),
    );
    times.moved.push(await time(() => renameSync(added, moved)));
    times.deleted.push(await time(() => rmSync(moved)));
    times['that others need, deleted'].push(await time(() => rmSync(path)));
    await time(() => writeFileSync(path, text));
  }
  return times;
}

function report(what, times) {
  times.sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)].toFixed(0);
  console.log(
    `${what.padEnd(52)} median ${middle.padStart(4)} ms (at most 200); slowest ${times.at(-1).toFixed(0)} ms`,
  );
}

const comment = (text, number) => `${text}# ${number}\n`;
const broken = (text, number) => `${text}"not closed: [ ${number}\n`;
const renamed = (text, number) => text.replace(/^name: /m, `name: X${number} `);
const said = (text, number) => text.replace(/^description: /m, `description: X${number} `);

/** Saves of every kind, each of a file that much depends on. */
const kinds = [
  ['a detection, a comment', 'detections/endpoint/7zip_commandline_to_smb_share_path.yml', comment],
  ['a detection, broken', 'detections/endpoint/7zip_commandline_to_smb_share_path.yml', broken],
  ['a detection, renamed', 'detections/endpoint/7zip_commandline_to_smb_share_path.yml', renamed],
  ['a story, a comment', 'stories/active_directory_discovery.yml', comment],
  ['a story, renamed', 'stories/compromised_windows_host.yml', renamed],
  ['a data source, its description', 'data_sources/sysmon_eventid_1.yml', said],
  ['a data source, renamed', 'data_sources/sysmon_eventid_1.yml', renamed],
  ['a lookup, renamed', 'lookups/attacker_tools.yml', renamed],
  ['a table, its header', 'lookups/attacker_tools.csv', (text, number) => `x${number}${text}`],
  ['a deployment, its name', 'deployments/escu_default_configuration_ttp.yml', renamed],
  [
    'contentctl.yml, the title',
    'contentctl.yml',
    (text, n) => text.replace(/^ {2}title: /m, `  title: X${n} `),
  ],
  ['detc.yml, a severity', 'detc.yml', (_, n) => `rules:\n  output-field: ${n % 2 ? 'off' : 'error'}\n`],
  ['a macro that most call, a comment', 'macros/security_content_ctime.yml', comment],
  [
    'a macro that most call, its definition',
    'macros/security_content_ctime.yml',
    (text, number) => text.replace('%Y-', `%Y-${number}`),
  ],
  [
    'a macro that most call, the fields it makes',
    'macros/security_content_ctime.yml',
    (text, number) => text.replace(/^definition: .*$/m, `definition: eval made${number}=1`),
  ],
  [
    'a macro that most call, broken and mended in turn',
    'macros/security_content_ctime.yml',
    (text, number) => (number % 2 === 0 ? broken(text, number) : text),
  ],
  [
    'the macro of all tstats, its definition',
    'macros/security_content_summariesonly.yml',
    (text, number) => text.replace(/^definition: /m, `definition: chunk_size=${number + 1}000 `),
  ],
  [
    'the macro of all tstats, broken and mended in turn',
    'macros/security_content_summariesonly.yml',
    (text, number) => (number % 2 === 0 ? broken(text, number) : text),
  ],
  [
    'the macro of all data models, its definition',
    'macros/drop_dm_object_name.yml',
    (text, number) => text.replace(/^definition: (.*)$/m, `definition: $1, X${number}.* as *`),
  ],
];

/** Files that others like them are added, moved and deleted beside. */
const files = [
  ['a detection', 'detections/endpoint/7zip_commandline_to_smb_share_path.yml'],
  ['a macro', 'macros/drop_dm_object_name.yml'],
  ['a macro that most call', 'macros/security_content_ctime.yml'],
  ['a lookup', 'lookups/attacker_tools.yml'],
  ['a table', 'lookups/attacker_tools.csv'],
  ['a story', 'stories/compromised_windows_host.yml'],
  ['a data source', 'data_sources/sysmon_eventid_1.yml'],
  ['a deployment', 'deployments/escu_default_configuration_ttp.yml'],
];

try {
  await answer();
  for (const [what, file, edit] of kinds) {
    if (file !== 'detc.yml' && !existsSync(join(repository, file))) continue;
    report(`save of ${what}`, await measure(file, edit));
  }
  for (const [what, file] of files) {
    if (!existsSync(join(repository, file))) continue;
    for (const [done, times] of Object.entries(await measureFiles(file))) report(`${what} ${done}`, times);
  }
} finally {
  child.kill();
  rmSync(repository, { recursive: true });
}
