// Fields and tags of firewalls, flow collectors and hosts that few logs are published of.
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../../src/events.js';
import { loadKnowledge } from '../../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../../src/knowledge-language.js';

const knowledge = loadKnowledge({ language: knowledgeLanguage() });

/** A name, the source type, the event, fields that must be there, tags among all. */
type Case = readonly [string, string, string, Readonly<Record<string, unknown>>, readonly string[]];

const cases: readonly Case[] = [
  [
    'ASA: a connection that is built',
    'cisco:asa',
    'Sep 23 18:07:01 fw %ASA-6-302013: Built inbound TCP connection 12345 for outside:203.0.113.9/4444 (203.0.113.9/4444) to inside:10.0.0.5/443 (198.51.100.1/443)',
    {
      Cisco_ASA_message_id: '302013',
      action: 'allowed',
      src_ip: '203.0.113.9',
      src_port: '4444',
      dest_ip: '10.0.0.5',
      dest_port: '443',
      dest_translated_ip: '198.51.100.1',
      transport: 'tcp',
      direction: 'inbound',
      session_id: '12345',
      src_zone: 'outside',
    },
    ['network', 'communicate', 'allowed'],
  ],
  [
    'ASA: a connection that is built outbound names its destination first',
    'cisco:asa',
    'Sep 23 18:07:01 fw %ASA-6-302015: Built outbound UDP connection 7412 for outside:8.8.8.8/53 (8.8.8.8/53) to inside:10.0.0.5/5353 (198.51.100.2/5353)',
    {
      src: '10.0.0.5',
      src_translated_ip: '198.51.100.2',
      dest: '8.8.8.8',
      dest_port: '53',
      src_zone: 'inside',
    },
    ['network', 'communicate'],
  ],
  [
    'ASA: echo requests',
    'cisco:asa',
    'Sep 23 18:07:01 fw %ASA-6-302020: Built outbound ICMP connection for faddr 8.8.8.8/0 gaddr 198.51.100.2/7 laddr 10.0.0.5/7',
    { src: '10.0.0.5', dest: '8.8.8.8', transport: 'icmp', direction: 'outbound' },
    ['network', 'communicate'],
  ],
  [
    'ASA: what a list says of a packet',
    'cisco:asa',
    'Sep 23 18:07:02 fw %ASA-6-106100: access-list out denied tcp outside/203.0.113.9(4444) -> inside/10.0.0.7(3389) hit-cnt 1 first hit [0x1, 0x0]',
    { src: '203.0.113.9', dest: '10.0.0.7', dest_port: '3389', action: 'blocked', dest_zone: 'inside' },
    ['network', 'communicate'],
  ],
  [
    'ASA: a login to the firewall',
    'cisco:asa',
    'Sep 23 18:07:02 fw %ASA-6-605004: Login denied from 10.0.0.9/5000 to inside:10.0.0.1/ssh for user "admin"',
    { src: '10.0.0.9', dest: '10.0.0.1', user: 'admin', action: 'failure' },
    ['authentication', 'failure'],
  ],
  [
    'ASA: a login to the VPN',
    'cisco:asa',
    'Sep 23 18:07:02 fw %ASA-6-716039: Group <VPN> User <bob> IP <203.0.113.9> Authentication: rejected, Session Type: WebVPN.',
    { src: '203.0.113.9', user: 'bob', action: 'failure' },
    ['authentication', 'failure'],
  ],
  [
    'ASA: the end of a VPN session',
    'cisco:asa',
    'Sep 23 18:07:02 fw %ASA-4-113019: Group = VPN, Username = bob, IP = 203.0.113.9, Session disconnected. Session Type: SSL, Duration: 0h:10m:00s, Bytes xmt: 100, Bytes rcv: 200, Reason: User Requested',
    {
      src_ip: '203.0.113.9',
      user: 'bob',
      signature: 'SSL',
      bytes_out: '100',
      bytes_in: '200',
      reason: 'User Requested',
    },
    ['network', 'session', 'vpn', 'end'],
  ],
  [
    'ASA: a new account of the firewall',
    'cisco:asa',
    'Sep 23 18:07:02 fw %ASA-5-502101: New user added to local dbase: Uname: evil Priv: 15 Encpass: xx',
    { user: 'evil', object: 'evil', object_category: 'user', action: 'created' },
    ['change', 'audit', 'account'],
  ],
  [
    'Suricata: a file by the path of its address',
    'suricata',
    '{"timestamp":"2024-10-10T10:00:00.0+0000","flow_id":1,"event_type":"fileinfo","src_ip":"10.0.0.1","proto":"TCP","app_proto":"http","fileinfo":{"filename":"/a/eicar.com","sha1":"3395","size":68}}',
    { file_name: 'eicar.com', file_path: '/a/eicar.com', file_hash: '3395', app: 'http' },
    ['endpoint', 'filesystem'],
  ],
  [
    'Suricata: a request',
    'suricata',
    '{"timestamp":"2024-10-10T10:00:00.0+0000","flow_id":1,"event_type":"http","src_ip":"10.0.0.1","proto":"TCP","http":{"hostname":"x.com","url":"/a?b=c","http_method":"GET","status":200}}',
    { url: 'http://x.com/a?b=c', url_length: 18, url_domain: 'x.com', uri_path: '/a', app: 'http' },
    ['web'],
  ],
  [
    'ASA: what a list denies',
    'cisco:asa',
    'Sep 23 18:07:02 fw %ASA-4-106023: Deny tcp src outside:203.0.113.9/4444 dst inside:10.0.0.5/22 by access-group "outside_in" [0x0, 0x0]',
    { action: 'blocked', src: '203.0.113.9', dest: '10.0.0.5', dest_port: '22', acl: 'outside_in' },
    ['network', 'communicate'],
  ],
  [
    'ASA: a request that is discarded',
    'cisco:asa',
    'Sep 23 18:07:00 10.0.0.1 :2025-09-23T18:07:00Z: %ASA-session-7-710005: TCP request discarded from 198.27.166.158/55508 to management:172.31.12.229/443',
    { action: 'blocked', src: '198.27.166.158', dest: '172.31.12.229', dest_interface: 'management' },
    ['network', 'communicate'],
  ],
  [
    'ASA: a command',
    'cisco:asa',
    "Sep 23 18:07:03 fw %ASA-5-111008: User 'enable_15' executed the 'no logging enable' command.",
    { user: 'enable_15', command: 'no logging enable', action: 'modified' },
    ['change'],
  ],
  [
    'ASA: a login that is refused',
    'cisco:asa',
    'Sep 23 18:07:04 fw %ASA-6-113005: AAA user authentication Rejected : reason = AAA failure : server = 10.0.0.1 : user = bob : user IP = 203.0.113.9',
    { user: 'bob', action: 'failure', reason: 'AAA failure' },
    ['authentication'],
  ],
  [
    'a flow of the Network Visibility Module',
    'cisco:nvm:flowdata:v2',
    '{"fv":"v11","pr":"6","sa":"10.10.0.38","sp":"37351","da":"104.114.110.196","dp":"80","fd":"1","pa":"W\\\\h","pn":"svchost.exe","ppath":"C:\\\\w\\\\svchost.exe","parg":"-k x","ppn":"services.exe","ibc":"7660","obc":"213","pil":"8192"}',
    {
      src_ip: '10.10.0.38',
      dest_ip: '104.114.110.196',
      dest_port: '80',
      transport: 'tcp',
      bytes: 7873,
      user: 'W\\h',
      process: 'C:\\w\\svchost.exe -k x',
      parent_process_name: 'services.exe',
      process_integrity_level: 'medium',
      direction: 'outbound',
    },
    ['network', 'communicate'],
  ],
  [
    'a process that Isovalent saw',
    'cisco:isovalent:processExec',
    '{"process_exec":{"process":{"pid":7,"uid":0,"cwd":"/app","binary":"/app/probe","arguments":"-x 1","pod":{"name":"p","namespace":"n","container":{"id":"c"}}},"parent":{"pid":3,"binary":"/usr/sbin/runc"}},"node_name":"ip-1","time":"2025-08-14T20:42:47Z"}',
    {
      process: '/app/probe -x 1',
      process_name: 'probe',
      process_id: '7',
      parent_process: '/usr/sbin/runc',
      parent_process_name: 'runc',
      pod_name: 'p',
      container_id: 'c',
      dest: 'ip-1',
    },
    ['process', 'report'],
  ],
  [
    'a connection that Isovalent saw',
    'cisco:isovalent:processConnect',
    '{"process_connect":{"process":{"pid":7,"binary":"/usr/bin/kubelet","pod":{"name":"p"}},"source_ip":"10.0.0.1","source_port":5,"destination_ip":"10.0.0.2","destination_port":3000,"sock_cookie":"9","protocol":"TCP"},"node_name":"ip-1","time":"2025-08-14T20:42:47Z"}',
    {
      src_ip: '10.0.0.1',
      dest: '10.0.0.2',
      dest_port: '3000',
      transport: 'tcp',
      app: 'kubelet',
      session_id: '9',
    },
    ['network', 'communicate'],
  ],
  [
    'IOS: a command that is logged',
    'cisco:ios',
    'Aug 20 17:10:21.665: %PARSER-5-CFGLOG_LOGGEDCMD: User:ec2-user logged command:username attacker privilege 15 secret *',
    {
      facility: 'PARSER',
      mnemonic: 'CFGLOG_LOGGEDCMD',
      severity_id: '5',
      severity_name: 'notification',
      user: 'ec2-user',
      command: 'username attacker privilege 15 secret *',
      device_time: 'Aug 20 17:10:21.665',
      action: 'modified',
    },
    ['change'],
  ],
  [
    'IOS: a login',
    'cisco:ios',
    'Aug 20 17:10:21.665: %SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: bob] [Source: 10.0.0.9] [localport: 22] at 17:10:21 UTC',
    { user: 'bob', src: '10.0.0.9', dest_port: '22', action: 'success' },
    ['authentication'],
  ],
  [
    'IOS: what a list denies',
    'cisco:ios',
    'Aug 20 17:10:21 UTC: %SEC-6-IPACCESSLOGP: list 101 denied tcp 10.1.1.1(1234) -> 10.2.2.2(80), 1 packet',
    { src: '10.1.1.1', dest: '10.2.2.2', dest_port: '80', transport: 'tcp', action: 'blocked', acl: '101' },
    ['network', 'communicate'],
  ],
  [
    'a login to Duo',
    'cisco:duo:activity',
    '{"access_device":{"ip":{"address":"1.2.3.4"}},"action":{"name":"admin_login"},"actor":{"name":"Ann"},"outcome":{"result":"SUCCESS"},"ts":"2025-07-10T07:37:49Z"}',
    { user: 'Ann', src_ip: '1.2.3.4', action: 'success' },
    ['authentication'],
  ],
  [
    'a command on ESXi, relayed',
    'vmw-syslog',
    'Jul  1 14:30:23 192.168.8.233 2025-07-01T14:29:11.508Z esx1 shell[1627100]: [root]: esxcli system auditrecords local set',
    { Message: '[root]: esxcli system auditrecords local set', dest: 'esx1', host: '192.168.8.233' },
    [],
  ],
  [
    'a connection that Zeek saw',
    'bro:conn:json',
    '{"ts":1728554400.5,"uid":"C1","id.orig_h":"10.0.0.1","id.orig_p":5,"id.resp_h":"203.0.113.9","id.resp_p":443,"proto":"tcp","conn_state":"S0"}',
    {
      id_orig_h: '10.0.0.1',
      is_src_internal_ip: 'true',
      is_dest_internal_ip: 'false',
      conn_state_meaning: 'connection attempt seen, no reply',
      action: 'blocked',
    },
    ['network', 'communicate', 'blocked'],
  ],
];

describe('built-in knowledge', () => {
  it.each(cases)('%s', async (_, sourcetype, text, fields, tags) => {
    async function* stdin() {
      yield Buffer.from(`${text}\n`);
    }
    const events = openEvents(['-'], { stdin: stdin(), knowledge, sourcetype, now: 1_760_000_000 });
    for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) {
      expect(Object.fromEntries(Object.keys(fields).map((name) => [name, row[name] ?? null]))).toEqual(
        fields,
      );
      expect([row['tag'] ?? []].flat()).toEqual(expect.arrayContaining([...tags]));
    }
    expect(events.report.files.map((file) => file.events)).toEqual([1]);
    expect(knowledge.diagnostics).toEqual([]);
  });
});
