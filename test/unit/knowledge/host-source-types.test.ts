// Fields and tags that the built-in knowledge gives events of hosts: Windows' classic text, Linux' audit records.
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../../src/events.js';
import { loadKnowledge } from '../../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../../src/knowledge-language.js';
import type { Row } from '../../../src/runtime/value.js';

const knowledge = loadKnowledge({ language: knowledgeLanguage() });

async function rowOf(text: string): Promise<Row> {
  async function* stdin() {
    yield Buffer.from(`${text}\n`);
  }
  const events = openEvents(['-'], { stdin: stdin(), knowledge, now: 1_760_000_000 });
  for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) return row;
  throw new Error('no event');
}

const SUBJECT = 'Subject:\n\tSecurity ID:\t\tD\\ann\n\tAccount Name:\t\tann\n\tAccount Domain:\t\tD\n';
const classic = (id: number, keywords: string, message: string) =>
  `10/10/2024 10:00:00 AM\nLogName=Security\nEventCode=${id}\nEventType=0\nComputerName=dc1\nKeywords=${keywords}\nMessage=${message}\n`;
const audit = (type: string, rest: string) => `type=${type} msg=audit(1481077043.193:421): ${rest}`;

/** What is read, the fields that must be there (null: must not), and tags among all. */
type Case = readonly [string, string, Readonly<Record<string, unknown>>, readonly string[]];

const cases: readonly Case[] = [
  [
    'a classic 4648: from where, as who, and on which server',
    classic(
      4648,
      'Audit Success',
      `A logon was attempted using explicit credentials.\n\n${SUBJECT}\nAccount Whose Credentials Were Used:\n\tAccount Name:\t\tsvc\n\tAccount Domain:\t\tD\n\nTarget Server:\n\tTarget Server Name:\tSRV1\n\nNetwork Information:\n\tNetwork Address:\t10.9.9.9\n\tPort:\t\t\t5555`,
    ),
    { src: '10.9.9.9', src_ip: '10.9.9.9', src_user: 'ann', user: 'svc', dest: 'SRV1' },
    ['authentication'],
  ],
  [
    'a classic 4648 of the machine itself comes from nowhere',
    classic(
      4648,
      'Audit Success',
      `A logon was attempted using explicit credentials.\n\n${SUBJECT}\nNetwork Information:\n\tNetwork Address:\t-\n\tPort:\t\t\t-`,
    ),
    { src: null },
    ['authentication'],
  ],
  [
    'a classic 4657',
    classic(
      4657,
      'Audit Success',
      `A registry value was modified.\n\n${SUBJECT}\nObject:\n\tObject Name:\t\t\\REGISTRY\\MACHINE\\Run\n\tObject Value Name:\tevil\n\nChange Information:\n\tOld Value Type:\t\t-\n\tOld Value:\t\t-\n\tNew Value Type:\t\tREG_SZ\n\tNew Value:\t\tcalc.exe`,
    ),
    {
      registry_path: '\\REGISTRY\\MACHINE\\Run',
      registry_value_name: 'evil',
      registry_value_type: 'REG_SZ',
      registry_value_data: 'calc.exe',
    },
    ['endpoint', 'registry'],
  ],
  [
    'a classic 4663 of a file',
    classic(
      4663,
      'Audit Success',
      `An attempt was made to access an object.\n\n${SUBJECT}\nObject:\n\tObject Type:\t\tFile\n\tObject Name:\t\tC:\\secret\\x.txt\n\nProcess Information:\n\tProcess ID:\t\t0x45c`,
    ),
    { file_name: 'x.txt', file_path: 'C:\\secret\\x.txt', process_id: '0x45c' },
    ['endpoint', 'filesystem'],
  ],
  [
    'a classic 4738: the account that is changed is the object',
    classic(
      4738,
      'Audit Success',
      `A user account was changed.\n\n${SUBJECT}\nTarget Account:\n\tSecurity ID:\t\tD\\bob\n\tAccount Name:\t\tbob\n\tAccount Domain:\t\tD`,
    ),
    { object: 'bob', object_id: 'D\\bob', user_name: 'bob', user: 'bob', src_user: 'ann' },
    ['change', 'account'],
  ],
  [
    'a classic 4776',
    classic(
      4776,
      'Audit Failure',
      'The computer attempted to validate the credentials for an account.\n\nAuthentication Package:\tMICROSOFT_AUTHENTICATION_PACKAGE_V1_0\nLogon Account:\tbob\nSource Workstation:\tWS10\nError Code:\t0xc000006a',
    ),
    {
      user: 'bob',
      src: 'WS10',
      action: 'failure',
      authentication_method: 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0',
    },
    ['authentication', 'failure'],
  ],
  [
    'a classic 5145',
    classic(
      5145,
      'Audit Success',
      `A network share object was checked.\n\n${SUBJECT}\nNetwork Information:\t\n\tObject Type:\t\tFile\n\tSource Address:\t\t10.3.3.3\n\tSource Port:\t\t50500\n\nShare Information:\n\tShare Name:\t\t\\\\*\\IPC$\n\tRelative Target Name:\tsvcctl`,
    ),
    { src: '10.3.3.3', src_ip: '10.3.3.3', src_port: '50500', file_name: 'svcctl' },
    [],
  ],
  [
    'a classic 5156',
    classic(
      5156,
      'Audit Success',
      'The Windows Filtering Platform has permitted a connection.\n\nApplication Information:\n\tProcess ID:\t\t1752\n\nNetwork Information:\n\tDirection:\t\tInbound\n\tSource Address:\t\t10.4.4.3\n\tSource Port:\t\t53\n\tDestination Address:\t10.4.4.4\n\tDestination Port:\t\t50146\n\tProtocol:\t\t17',
    ),
    {
      src: '10.4.4.3',
      src_port: '53',
      dest_ip: '10.4.4.4',
      dest_port: '50146',
      direction: 'inbound',
      transport: 'udp',
    },
    ['network', 'communicate'],
  ],
  [
    'auditd: who logs in is the account of the login, not of the server process',
    audit(
      'USER_LOGIN',
      `pid=1298 uid=0 auid=1000 ses=1 msg='op=login id=1000 exe="/usr/sbin/sshd" hostname=pc7 addr=10.0.0.9 terminal=ssh res=success'`,
    ),
    { user: '1000', user_id: '0', src: 'pc7', src_ip: '10.0.0.9', src_host: 'pc7', action: 'success' },
    ['authentication'],
  ],
  [
    'auditd: an account that was never set is nobody’s',
    audit(
      'USER_AUTH',
      `pid=1 uid=0 auid=4294967295 ses=4294967295 msg='op=PAM:authentication acct="root" exe="/usr/sbin/sshd" hostname=? addr=? terminal=ssh res=failed'\u001dUID="root" AUID="unset"`,
    ),
    { user: 'root', src: null, src_ip: null, action: 'failure' },
    ['authentication', 'privileged'],
  ],
  [
    'auditd: what sudo runs',
    audit('USER_CMD', `pid=3 uid=497 auid=700 ses=1 msg='cwd="/" cmd=6C73202D61 terminal=? res=success'`),
    { command: 'ls -a', user: '700' },
    ['authentication', 'privileged'],
  ],
  [
    'auditd: a crash',
    audit('ANOM_ABEND', 'auid=1000 uid=1000 gid=1000 ses=1 pid=9 comm="x" exe="/tmp/x" sig=11 res=1'),
    { process: 'x', app: '/tmp/x' },
    ['alert'],
  ],
];

describe('events of hosts', () => {
  it.each(cases)('%s', async (_, text, fields, tags) => {
    const row = await rowOf(text);
    expect(Object.fromEntries(Object.keys(fields).map((name) => [name, row[name] ?? null]))).toEqual(fields);
    expect([row['tag'] ?? []].flat()).toEqual(expect.arrayContaining([...tags]));
  });
});
