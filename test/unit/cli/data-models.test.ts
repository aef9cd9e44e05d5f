// Searches over data models on log files, from the raw events of a source type to the fields of a child data set.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

const file = join(mkdtempSync(join(tmpdir(), 'detc-tls-')), 'ssl.json');
writeFileSync(
  file,
  [
    {
      ts: 1_700_000_000,
      server_name: 'a.example',
      subject: 'CN=a.example',
      issuer: 'CN=ca',
      version: 'TLSv12',
    },
    {
      ts: 1_700_000_060,
      server_name: 'b.example',
      subject: 'CN=xn--b.example',
      issuer: 'CN=ca',
      version: 'TLSv12',
    },
  ]
    .map((event, at) =>
      JSON.stringify({
        ...event,
        uid: `C${at}`,
        'id.orig_h': '10.0.0.1',
        'id.orig_p': 50_000 + at,
        'id.resp_h': `192.0.2.${at}`,
        'id.resp_p': 443,
      }),
    )
    .join('\n'),
);

async function detc(spl: string): Promise<{ rows: unknown; stderr: string; code: number }> {
  const data = ['--data', file, '--sourcetype', 'bro:ssl:json'];
  const { stdout, stderr, code } = await runProgram('run', spl, ...data, '-o', 'json');
  return { rows: JSON.parse(stdout || 'null'), stderr, code };
}

const subject = 'All_Certificates.SSL.ssl_subject';

describe('a child of a data model on a log file', () => {
  it.each<[string, unknown[]]>([
    [
      `| tstats count from datamodel=Certificates.All_Certificates where ${subject}="*xn--*" by ${subject} All_Certificates.dest`,
      [{ [subject]: 'CN=xn--b.example', 'All_Certificates.dest': '192.0.2.1', count: 1 }],
    ],
    [
      `| tstats count from datamodel=Certificates where nodename=All_Certificates.SSL by ${subject} | \`drop_dm_object_name("All_Certificates.SSL")\` | search ssl_subject=*xn--*`,
      [{ ssl_subject: 'CN=xn--b.example', count: 1 }],
    ],
    [
      `| datamodel Certificates SSL search | search ${subject}=*xn--* | table ${subject} All_Certificates.dest`,
      [{ [subject]: 'CN=xn--b.example', 'All_Certificates.dest': '192.0.2.1' }],
    ],
    [
      '| datamodel Certificates SSL flat | sort dest | table ssl_subject',
      [{ ssl_subject: 'CN=a.example' }, { ssl_subject: 'CN=xn--b.example' }],
    ],
    [
      '| from datamodel:Certificates.SSL | where like(ssl_subject, "%xn--%") | table ssl_subject dest',
      [{ ssl_subject: 'CN=xn--b.example', dest: '192.0.2.1' }],
    ],
  ])('%s', async (spl, expected) => {
    const { rows, stderr, code } = await detc(spl);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(rows).toEqual(expected);
  });

  it('says what a field is called that is named otherwise', async () => {
    const { rows, stderr } = await detc(
      '| tstats count from datamodel=Certificates.All_Certificates by All_Certificates.SSL.dest',
    );
    expect(rows).toEqual([]);
    expect(stderr).toContain(
      'warning[data-model-field]: field "dest" is of data set "All_Certificates", not of "All_Certificates.SSL"',
    );
    expect(stderr).toContain('help: write "All_Certificates.dest"');
  });
});
