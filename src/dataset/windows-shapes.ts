// The shapes in which other tools write Windows events as JSON, each read into the words of Windows.

/** A record's own members. */
export type Members = ReadonlyMap<string, unknown>;

/** The members of an object; none of anything else. */
export function membersIn(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map();
}

/** A value that is one text; undefined for lists and objects. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Named values in their order; a name may come again. */
type Values = readonly (readonly [string, string])[];

/** An event in the words of Windows. */
export interface WindowsEvent {
  /** The elements and attributes of `System`, by their names; the provider's name as `Provider`. */
  readonly system: ReadonlyMap<string, string>;
  readonly eventData: Values;
  /** The leaves of `UserData`. */
  readonly userData: Values;
  /** The event as Windows words it for people. */
  readonly message?: string | undefined;
  /** Its values have no names: what Splunk would index is the classic text, not XML. */
  readonly isText?: boolean;
}

/** The elements of `System` that have a text; the first of a name counts. */
export function systemOf(pairs: readonly (readonly [string, unknown])[]): Map<string, string> {
  const system = new Map<string, string>();
  for (const [name, value] of pairs) {
    const text = textOf(value);
    if (text !== undefined && !system.has(name)) system.set(name, text);
  }
  return system;
}

/** What stands under a name: the members of its object, and those that are written out as `name.inner`. */
function under(members: Members, name: string): Members {
  const inner = new Map(membersIn(members.get(name)));
  for (const [key, value] of members)
    if (key.startsWith(`${name}.`)) inner.set(key.slice(name.length + 1), value);
  return inner;
}

/** Members that have a text, as named values. */
export function dataOf(members: Members): [string, string][] {
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

/** The keywords of an audit that tells of a success. */
export const AUDIT_SUCCESS = '0x8020000000000000';
/** The keywords of an audit that tells of a failure. */
export const AUDIT_FAILURE = '0x8010000000000000';

/**
 * Keywords as the XML has them: NXLog writes the number in decimals, Winlogbeat the keywords' names.
 *
 * @param value  a number that JSON.parse made of a literal has lost its last digits: the literal itself is exact
 */
export function keywordsOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    if (value.includes('Audit Success')) return AUDIT_SUCCESS;
    return value.includes('Audit Failure') ? AUDIT_FAILURE : undefined;
  }
  const text = textOf(value)?.trim();
  if (text === undefined || !/^(?:-?\d{1,20}|0x[0-9a-f]{1,16})$/i.test(text)) return textOf(value);
  const bits = BigInt.asUintN(64, BigInt(text));
  return bits === 0n ? undefined : `0x${bits.toString(16)}`;
}

// Winlogbeat 7 and later: everything of Windows is in `winlog`, nested or dotted; before, it stood at the top.
export function fromWinlogbeat(members: Members): WindowsEvent | null {
  const inner = under(members, 'winlog');
  const winlog = inner.size > 0 ? inner : members;
  const channel = winlog.get('channel') ?? winlog.get('log_name');
  if (channel === undefined || winlog.get('event_id') === undefined) return null;
  const process = under(winlog, 'process');
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
    ['ThreadID', under(process, 'thread').get('id') ?? winlog.get('thread_id')],
    ['Channel', channelOf(channel)],
    ['Keywords', keywordsOf(winlog.get('keywords'))],
    ['Computer', winlog.get('computer_name')],
    ['UserID', under(winlog, 'user').get('identifier')],
  ]);
  return {
    system,
    eventData: dataOf(under(winlog, 'event_data')),
    userData: dataOf(under(winlog, 'user_data')),
    message: textOf(members.get('message')),
  };
}

/** Members that NXLog, Logstash and the collector add to those of the event. */
const collectorMembers: ReadonlySet<string> = new Set([
  '@timestamp',
  '@version',
  'Category',
  'Channel',
  'EventID',
  'EventReceivedTime',
  'EventTime',
  'EventType',
  'EventTypeOrignal',
  'ExecutionProcessID',
  'Hostname',
  'Keywords',
  'Level',
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
  'TimeCreated',
  'UserID',
  'Version',
  'host',
  'port',
  'tags',
]);

/** Members that name the account of `UserID`, which NXLog writes together; alone they are the event's own (7045). */
const accountMembers: ReadonlySet<string> = new Set(['AccountName', 'AccountType', 'Domain']);

/** Where NXLog puts what `System` holds, beside the time: by member, what it is called there. */
export const nxlogSystem: ReadonlyMap<string, string> = new Map([
  ['SourceName', 'Provider'],
  ['ProviderGuid', 'Guid'],
  ['EventID', 'EventID'],
  ['Version', 'Version'],
  ['Level', 'Level'],
  ['Task', 'Task'],
  ['OpcodeValue', 'Opcode'],
  ['RecordNumber', 'EventRecordID'],
  ['ActivityID', 'ActivityID'],
  ['ExecutionProcessID', 'ProcessID'],
  ['ThreadID', 'ThreadID'],
  ['Channel', 'Channel'],
  ['Keywords', 'Keywords'],
  ['Hostname', 'Computer'],
  ['UserID', 'UserID'],
]);

/** Members of NXLog's records that hold the time, best first. */
export const nxlogTimes = ['@timestamp', 'EventTime', 'TimeCreated'] as const;

/** A value of `System` as the XML has it. */
export function nxlogValue(name: string, value: unknown): unknown {
  if (name === 'Channel') return channelOf(value);
  return name === 'Keywords' ? keywordsOf(value) : value;
}

/** What a member beside those of `System` is: a named value of the event, always or where another member is or is not. */
export function nxlogRole(member: string): 'data' | 'account' | 'type' | 'other' {
  if (accountMembers.has(member)) return 'account';
  if (member === 'EventType') return 'type';
  return collectorMembers.has(member) ? 'other' : 'data';
}

/** True for a record that NXLog shows to be its own by its members. */
export const isNxlog = (members: Members): boolean =>
  members.has('EventID') && members.has('Channel') && members.has('Hostname');

// Sysmon's registry and pipe events have an EventType of their own, which NXLog lets take the place of its own.
export function fromNxlog(members: Members): WindowsEvent | null {
  if (members.get('EventID') === undefined || members.get('Channel') === undefined) return null;
  const time = nxlogTimes.find((name) => (members.get(name) ?? null) !== null);
  const system = systemOf([
    ...[...nxlogSystem].map(([member, name]) => [name, nxlogValue(name, members.get(member))] as const),
    ['SystemTime', time === undefined ? undefined : members.get(time)],
  ]);
  const hasAccount = members.has('AccountType');
  const eventData = dataOf(members).filter(([name]) => {
    if (nxlogSystem.has(name)) return false;
    const role = nxlogRole(name);
    return role === 'data' || (role === 'account' && !hasAccount);
  });
  const type = textOf(members.get('EventType'));
  if (type !== undefined && members.has('EventTypeOrignal')) eventData.push(['EventType', type]);
  return { system, eventData, userData: [], message: textOf(members.get('Message')) };
}

/** An element's text: the element itself, or beside its attributes, as each converter calls it. */
function elementText(value: unknown): string | undefined {
  const inner = membersIn(value);
  return textOf(value) ?? textOf(inner.get('#text')) ?? textOf(inner.get('Value'));
}

/** An attribute of an element: in `#attributes`, with an `@`, in a member beside it, or as any other member. */
function attributeOf(parent: Members, element: string, name: string): unknown {
  const inner = membersIn(parent.get(element));
  return (
    membersIn(inner.get('#attributes')).get(name) ??
    inner.get(`@${name}`) ??
    membersIn(parent.get(`${element}_attributes`)).get(name) ??
    inner.get(name)
  );
}

const isMarkup = (name: string) => /^[@#]|_attributes$/.test(name);

/** The leaves of an element, each under the name of the innermost element; `Data` under its own `Name`. */
export function leavesOf(parent: Members, depth = 0): [string, string][] {
  const leaves: [string, string][] = [];
  for (const [name, value] of parent) {
    if (isMarkup(name)) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const texts = membersIn(item).get('#text');
      const label = textOf(attributeOf(new Map([[name, item]]), name, 'Name')) ?? name;
      const text = elementText(item);
      if (text !== undefined) leaves.push([label, text]);
      else if (Array.isArray(texts)) {
        for (const one of texts) leaves.push([label, textOf(one) ?? '']);
      } else if (depth < 8) leaves.push(...leavesOf(membersIn(item), depth + 1));
    }
  }
  return leaves;
}

// Converters of .evtx files keep the tree of the XML, some of them from `Event` on, some from what is in it.
export function fromTree(members: Members): WindowsEvent | null {
  const event = members.has('Event') ? membersIn(members.get('Event')) : members;
  const tree = membersIn(event.get('System'));
  const [id, channel] = [elementText(tree.get('EventID')), elementText(tree.get('Channel'))];
  if (id === undefined || channel === undefined) return null;
  const system = systemOf([
    ['Provider', attributeOf(tree, 'Provider', 'Name')],
    ['Guid', attributeOf(tree, 'Provider', 'Guid')],
    ['EventID', id],
    ['Qualifiers', attributeOf(tree, 'EventID', 'Qualifiers')],
    ...['Version', 'Level', 'Task', 'Opcode', 'EventRecordID', 'Computer'].map(
      (name) => [name, elementText(tree.get(name))] as const,
    ),
    ['Keywords', keywordsOf(elementText(tree.get('Keywords')))],
    ['SystemTime', attributeOf(tree, 'TimeCreated', 'SystemTime')],
    ['ActivityID', attributeOf(tree, 'Correlation', 'ActivityID')],
    ['ProcessID', attributeOf(tree, 'Execution', 'ProcessID')],
    ['ThreadID', attributeOf(tree, 'Execution', 'ThreadID')],
    ['Channel', channel],
    ['UserID', attributeOf(tree, 'Security', 'UserID')],
  ]);
  return {
    system,
    eventData: leavesOf(membersIn(event.get('EventData'))),
    userData: leavesOf(membersIn(event.get('UserData'))),
    message: textOf(event.get('Message')) ?? textOf(membersIn(event.get('RenderingInfo')).get('Message')),
  };
}
