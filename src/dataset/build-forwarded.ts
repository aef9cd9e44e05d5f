// Windows events that Winlogbeat or NXLog forwarded as JSON, written again as the XML that Splunk indexes.
import { draftEvent, type EventBuilder, plainBuilder, type Stream } from './build-event.js';
import { parseObject } from './json-text.js';
import { timeOfValue } from './timestamp.js';

type Members = ReadonlyMap<string, unknown>;

function membersIn(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map();
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A forwarded event in the words of Windows. */
interface ForwardedEvent {
  readonly system: ReadonlyMap<string, string>;
  readonly data: readonly (readonly [string, string])[];
}

function systemOf(pairs: readonly (readonly [string, unknown])[]): Map<string, string> {
  const system = new Map<string, string>();
  for (const [name, value] of pairs) {
    const text = textOf(value);
    if (text !== undefined && !system.has(name)) system.set(name, text);
  }
  return system;
}

function dataOf(members: Members): [string, string][] {
  const data: [string, string][] = [];
  for (const [name, value] of members) {
    const text = textOf(value);
    if (text !== undefined) data.push([name, text]);
  }
  return data;
}

/** Channels that forwarders write without their capitals. */
const channels: ReadonlyMap<string, string> = new Map(
  ['Security', 'System', 'Application', 'Setup'].map((name) => [name.toLowerCase(), name]),
);

// What searches look for is the name that Windows gives the channel.
const channelOf = (value: unknown) => (typeof value === 'string' ? (channels.get(value) ?? value) : value);

const AUDIT_SUCCESS = '0x8020000000000000';
const AUDIT_FAILURE = '0x8010000000000000';

/** Keywords as the XML has them: NXLog writes the number in decimals, Winlogbeat the keywords' names. */
function keywordsOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    if (value.includes('Audit Success')) return AUDIT_SUCCESS;
    return value.includes('Audit Failure') ? AUDIT_FAILURE : undefined;
  }
  // JSON's numbers have lost the last digits of so large a one; the bits that tell success and failure are the first.
  const number = Number(value);
  if (value === undefined || value === '' || !Number.isFinite(number)) return textOf(value);
  const bits = BigInt.asUintN(64, BigInt(Math.trunc(number))) & 0xffff_ff00_0000_0000n;
  return bits === 0n ? undefined : `0x${bits.toString(16)}`;
}

// Winlogbeat 7 and later: everything of Windows is in `winlog`; before, it stood at the top.
function fromWinlogbeat(members: Members): ForwardedEvent | null {
  const winlog = members.has('winlog') ? membersIn(members.get('winlog')) : members;
  const channel = winlog.get('channel') ?? winlog.get('log_name');
  if (channel === undefined || winlog.get('event_id') === undefined) return null;
  const process = membersIn(winlog.get('process'));
  const system = systemOf([
    ['Provider', winlog.get('provider_name') ?? winlog.get('source_name')],
    ['Guid', winlog.get('provider_guid')],
    ['EventID', winlog.get('event_id')],
    ['Version', winlog.get('version')],
    ['Task', winlog.get('task')],
    ['Opcode', winlog.get('opcode')],
    ['SystemTime', winlog.get('time_created') ?? members.get('@timestamp')],
    ['EventRecordID', winlog.get('record_id') ?? winlog.get('record_number')],
    ['ActivityID', winlog.get('activity_id')],
    ['ProcessID', process.get('pid') ?? winlog.get('process_id')],
    ['ThreadID', membersIn(process.get('thread')).get('id') ?? winlog.get('thread_id')],
    ['Channel', channelOf(channel)],
    ['Keywords', keywordsOf(winlog.get('keywords'))],
    ['Computer', winlog.get('computer_name')],
    ['UserID', membersIn(winlog.get('user')).get('identifier')],
  ]);
  const data = [
    ...dataOf(membersIn(winlog.get('event_data'))),
    ...dataOf(membersIn(winlog.get('user_data'))),
  ];
  return { system, data };
}

/** Members that NXLog, Logstash and the collector add to those of the event. */
const collectorMembers: ReadonlySet<string> = new Set([
  '@timestamp',
  '@version',
  'AccountName',
  'AccountType',
  'Category',
  'Channel',
  'Domain',
  'EventID',
  'EventReceivedTime',
  'EventTime',
  'EventType',
  'EventTypeOrignal',
  'ExecutionProcessID',
  'Hostname',
  'Keywords',
  'Message',
  'Opcode',
  'OpcodeValue',
  'ProviderGuid',
  'RecordNumber',
  'Severity',
  'SeverityValue',
  'SourceModuleName',
  'SourceModuleType',
  'SourceName',
  'Task',
  'ThreadID',
  'UserID',
  'Version',
  'host',
  'port',
  'tags',
]);

// Sysmon's registry and pipe events have an EventType of their own, which NXLog lets take the place of its own.
function fromNxlog(members: Members): ForwardedEvent | null {
  if (members.get('EventID') === undefined || members.get('Channel') === undefined) return null;
  const system = systemOf([
    ['Provider', members.get('SourceName')],
    ['Guid', members.get('ProviderGuid')],
    ['EventID', members.get('EventID')],
    ['Version', members.get('Version')],
    ['Task', members.get('Task')],
    ['Opcode', members.get('OpcodeValue')],
    ['SystemTime', members.get('@timestamp') ?? members.get('EventTime')],
    ['EventRecordID', members.get('RecordNumber')],
    ['ActivityID', members.get('ActivityID')],
    ['ProcessID', members.get('ExecutionProcessID')],
    ['ThreadID', members.get('ThreadID')],
    ['Channel', channelOf(members.get('Channel'))],
    ['Keywords', keywordsOf(members.get('Keywords'))],
    ['Computer', members.get('Hostname')],
    ['UserID', members.get('UserID')],
  ]);
  const data = dataOf(members).filter(([name]) => !collectorMembers.has(name));
  const type = textOf(members.get('EventType'));
  if (type !== undefined && members.has('EventTypeOrignal')) data.push(['EventType', type]);
  return { system, data };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
};
const escapeXml = (text: string) => text.replace(/[&<>'"]/g, (char) => entities[char] ?? char);

function toXml({ system, data }: ForwardedEvent, time: number | null): string {
  const get = (name: string) => escapeXml(system.get(name) ?? '');
  const attribute = (name: string, of = name) => (system.has(of) ? ` ${name}='${get(of)}'` : '');
  const element = (name: string) => (system.has(name) ? `<${name}>${get(name)}</${name}>` : '');
  const created = time === null ? get('SystemTime') : new Date(Math.round(time * 1000)).toISOString();
  const values = data.map(([name, value]) => `<Data Name='${escapeXml(name)}'>${escapeXml(value)}</Data>`);
  return [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>",
    `<Provider${attribute('Name', 'Provider')}${attribute('Guid')}/>`,
    ...['EventID', 'Version', 'Task', 'Opcode', 'Keywords'].map(element),
    `<TimeCreated SystemTime='${created}'/>`,
    element('EventRecordID'),
    `<Correlation${attribute('ActivityID')}/>`,
    `<Execution${attribute('ProcessID')}${attribute('ThreadID')}/>`,
    element('Channel'),
    element('Computer'),
    `<Security${attribute('UserID')}/>`,
    `</System><EventData>${values.join('')}</EventData></Event>`,
  ].join('');
}

/**
 * Returns the builder for JSON that is told to be XmlWinEventLog. A record of neither forwarder stays as it is.
 *
 * @see Winlogbeat Reference, "Winlogbeat fields"; NXLog User Guide, "im_msvistalog", Fields
 */
export function forwardedBuilder(stream: Stream): EventBuilder {
  const plain = plainBuilder(stream);
  return (text, line) => {
    const members = parseObject(text);
    const event = members && (fromWinlogbeat(members) ?? fromNxlog(members));
    if (!event) {
      stream.broken(line, 'a JSON record that is not a Windows event');
      return plain(text, line);
    }
    const time = timeOfValue(event.system.get('SystemTime'), stream.clock);
    const draft = draftEvent(stream, toXml(event, time), line, {
      source: `XmlWinEventLog:${event.system.get('Channel') ?? ''}`,
      host: event.system.get('Computer'),
    });
    draft.time = time;
    return draft;
  };
}
