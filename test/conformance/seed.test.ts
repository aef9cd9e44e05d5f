// The first detection against the page and the saved search it was rebuilt from.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConf } from '../../src/conf/read.js';

const root = join(import.meta.dirname, '..', '..');
const seed = join(root, '..', 'shared', 'seed');
const keys = [
  'search',
  'description',
  'cron_schedule',
  'dispatch.earliest_time',
  'dispatch.latest_time',
  'action.risk.param._risk_message',
  'action.notable.param.rule_title',
  'action.notable.param.rule_description',
  'action.notable.param.nes_fields',
  'action.notable.param.security_domain',
  'action.correlationsearch.label',
];

describe.runIf(existsSync(seed))('the seed', () => {
  const out = mkdtempSync(join(tmpdir(), 'detc-seed-'));
  beforeAll(() => {
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' });
    execFileSync(process.execPath, [join(root, 'dist/js/cli.js'), 'build', '-C', root, '--out', out], {
      stdio: 'pipe',
    });
  }, 120_000);

  test('the page is the same, but for the order of macros', () => {
    const page = readFileSync(
      join(out, 'docs/jekyll/_posts/2022-06-16-windows_msiexec_with_network_connections.md'),
      'utf8',
    );
    // The published page names macros in a random order; ours is that of first use.
    const used = ['security_content_summariesonly', 'process_msiexec', 'security_content_ctime'];
    const line = (name: string) =>
      `* [${name}](https://github.com/splunk/security_content/blob/develop/macros/${name}.yml)\n`;
    const published = readFileSync(join(seed, 'page.md'), 'utf8');
    const theirs = ['process_msiexec', 'security_content_summariesonly', 'security_content_ctime']
      .map(line)
      .join('');
    expect(published).toContain(theirs);
    expect(page).toBe(published.replace(theirs, used.map(line).join('')));
  });

  test('the stanza carries the same values', () => {
    const app = readdirSync(out).find((name) =>
      existsSync(join(out, name, 'default', 'savedsearches.conf')),
    )!;
    const stanza = (file: string) => {
      const name = 'ESCU - Windows MSIExec With Network Connections - Rule';
      const found = readConf(readFileSync(file, 'utf8')).stanzas.find((one) => one.name === name);
      return new Map(found!.entries.map((entry) => [entry.key, entry.value]));
    };
    const ours = stanza(join(out, app, 'default', 'savedsearches.conf'));
    const theirs = stanza(join(seed, 'savedsearches.conf'));
    for (const key of keys) expect([key, ours.get(key)]).toEqual([key, theirs.get(key)]);
  });
});
