// The source types of text logs, told by their lines.

/** A kind of text log: told by its lines. */
export interface TextSourceType {
  readonly sourcetype: string;
  readonly format: 'auditd' | 'syslog' | 'access-log' | 'key-value' | 'lines';
  readonly line: RegExp;
}

const SYSLOG_HEADER =
  '(?:<\\d{1,3}>)?(?:1 )?(?:[A-Z][a-z]{2} [ \\d]\\d(?: \\d{4})? \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?)';

/** First type that most lines of the sample match wins. */
export const textSourceTypes: readonly TextSourceType[] = [
  {
    sourcetype: 'linux:audit',
    format: 'auditd',
    line: /^(?:node=\S+ )?type=[\w[\]]+ msg=audit\(\d+\.\d+:\d+\):/,
  },
  {
    sourcetype: 'access_combined',
    format: 'access-log',
    line: /^\S+ \S+ (?:\S+|"[^"]*") \[\d{1,2}\/[A-Za-z]{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "(?:[^"\\]|\\.)*" (?:\d{3}|-) (?:\d+|-)/,
  },
  {
    sourcetype: 'aws:cloudwatchlogs:vpcflow',
    format: 'lines',
    line: /^\d (?:\d{12}|unknown) eni-\S+ \S+ \S+ \S+ \S+ \S+ \S+ \S+ \d{10} \d{10} /,
  },
  {
    sourcetype: 'pan:traffic',
    format: 'syslog',
    line: /(?:^|[\s:])\d*,\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,\w*,TRAFFIC,/,
  },
  {
    sourcetype: 'pan:threat',
    format: 'syslog',
    line: /(?:^|[\s:])\d*,\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,\w*,THREAT,/,
  },
  ...['SYSTEM', 'CONFIG', 'USERID', 'GLOBALPROTECT', 'HIPMATCH', 'DECRYPTION', 'CORRELATION'].map(
    (kind): TextSourceType => ({
      sourcetype: `pan:${kind.toLowerCase()}`,
      format: 'syslog',
      line: new RegExp(`(?:^|[\\s:])\\d*,\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d,\\w*,${kind},`),
    }),
  ),
  // Several kinds in one file; which one is told from each row.
  {
    sourcetype: 'pan:log',
    format: 'syslog',
    line: /(?:^|[\s:])\d*,\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,\w*,[A-Z]{4,14},/,
  },
  {
    sourcetype: 'linux_secure',
    format: 'syslog',
    line: new RegExp(
      `^${SYSLOG_HEADER} \\S+ (?:sshd|sudo|su|login|useradd|userdel|usermod|groupadd|passwd|chage|CRON|cron|systemd-logind|polkitd)(?:-session)?(?:\\(\\w+\\))?(?:\\[\\d+\\])?:`,
    ),
  },
  { sourcetype: 'cisco:asa', format: 'syslog', line: /%(?:ASA|FTD|PIX|FWSM)-(?:\w+-)?\d-\d{6}: / },
  { sourcetype: 'syslog', format: 'syslog', line: new RegExp(`^${SYSLOG_HEADER} \\S+ \\S`) },
  {
    sourcetype: 'aws:cloudfront:accesslogs',
    format: 'lines',
    line: /^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t[A-Z]{3}\d{1,3}-[A-Z]\d+\t\d+\t/,
  },
  {
    sourcetype: 'crushftp:sessionlogs',
    format: 'lines',
    line: /^[A-Z]+\|\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\.\d+\|\[[^\]]*\] [A-Z]+: \*/,
  },
  {
    sourcetype: 'kube:container:falco',
    format: 'key-value',
    line: /^\d\d:\d\d:\d\d\.\d{9}: (?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug) /,
  },
  {
    sourcetype: 'audittrail',
    format: 'key-value',
    line: /^(?:\d\d-\d\d-\d{4} [\d:.]+ [+-]\d{4} INFO {2}AuditLogger - )?Audit:\[timestamp=/,
  },
  {
    sourcetype: 'nginx:plus:kv',
    format: 'key-value',
    line: /^site="[^"]*" server="[^"]*" dest_port=/,
  },
];
