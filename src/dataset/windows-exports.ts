// The shapes of Windows events that are exported for people: tables of a Log Analytics workspace, and Get-WinEvent.
import {
  AUDIT_FAILURE,
  AUDIT_SUCCESS,
  dataOf,
  keywordsOf,
  leavesOf,
  type Members,
  membersIn,
  systemOf,
  textOf,
  type WindowsEvent,
} from './windows-shapes.js';

/** Columns that a workspace adds to those of the event. */
const workspaceColumns: ReadonlySet<string> = new Set([
  'Account',
  'AccountType',
  'Activity',
  'Channel',
  'Computer',
  'Correlation',
  'EventData',
  'EventID',
  'EventLevelName',
  'EventLog',
  'EventOriginId',
  'EventRecordId',
  'EventSourceName',
  'Keywords',
  'Level',
  'LogonTypeName',
  'MG',
  'ManagementGroupName',
  'Opcode',
  'ParameterXml',
  'PartitionKey',
  'RenderedDescription',
  'RowKey',
  'SourceComputerId',
  'SourceSystem',
  'StorageAccount',
  'SystemProcessId',
  'SystemThreadId',
  'SystemUserId',
  'Task',
  'TenantId',
  'TimeCollected',
  'TimeGenerated',
  'Type',
  'Version',
  '_ItemId',
  '_ResourceId',
  '_SubscriptionId',
]);

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name]!);

/** The named values of an `<EventData>` element that a cell holds as text. */
function dataOfXml(xml: string): [string, string][] {
  const data = /<Data Name=(?:"([^"<>]*)"|'([^'<>]*)')>([^<]*)<\/Data>/g;
  return [...xml.matchAll(data)].map(([, double, single, value]) => [
    decoded(double ?? single ?? ''),
    decoded(value ?? ''),
  ]);
}

function dataOfRow(row: Members): [string, string][] {
  const own = row.get('EventData');
  if (typeof own === 'string' && own.trimStart().startsWith('<')) return dataOfXml(own);
  if (typeof own === 'object' && own !== null) return leavesOf(membersIn(own));
  return dataOf(row).filter(([name, value]) => value !== '' && !workspaceColumns.has(name));
}

/** What an audit was, by the level that the agent writes for it: the event log's types SuccessAudit and FailureAudit. */
const auditLevels: ReadonlyMap<string, string> = new Map([
  ['8', AUDIT_SUCCESS],
  ['16', AUDIT_FAILURE],
]);

/** True for a row of the tables SecurityEvent, Event and WindowsEvent, by its columns. */
export function isWorkspaceRow(has: (column: string) => boolean): boolean {
  if (!has('EventID') || !has('Computer') || !has('TimeGenerated')) return false;
  return (
    (has('Channel') && (has('EventSourceName') || has('Provider'))) || (has('EventLog') && has('Source'))
  );
}

/**
 * Reads a row of a workspace's tables SecurityEvent, Event and WindowsEvent.
 *
 * @see Azure Monitor Logs reference, these tables
 */
export function fromWorkspace(row: Members): WindowsEvent | null {
  if (!isWorkspaceRow((column) => row.has(column))) return null;
  const level = textOf(row.get('Level')) ?? textOf(row.get('EventLevel'));
  const audit = auditLevels.get(level ?? '');
  const keywords = textOf(row.get('Keywords'));
  const system = systemOf([
    ['Provider', row.get('EventSourceName') ?? row.get('Provider') ?? row.get('Source')],
    ['EventID', row.get('EventID')],
    ['Version', row.get('Version')],
    ['Level', audit === undefined ? level : '0'],
    ['Task', row.get('Task')],
    ['Opcode', row.get('Opcode')],
    ['SystemTime', row.get('TimeCreated') ?? row.get('TimeGenerated')],
    ['EventRecordID', row.get('EventRecordId')],
    ['ProcessID', row.get('SystemProcessId')],
    ['ThreadID', row.get('SystemThreadId')],
    ['Channel', row.get('Channel') ?? row.get('EventLog')],
    ['Keywords', keywords === undefined || keywords === '' ? audit : keywordsOf(keywords)],
    ['Computer', row.get('Computer')],
    ['UserID', row.get('SystemUserId')],
  ]);
  return {
    system: new Map([...system].filter(([, value]) => value !== '')),
    eventData: dataOfRow(row),
    userData: [],
    message: textOf(row.get('RenderedDescription')) || undefined,
  };
}

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational';

/** The values that a message words one a line, each after the name that it has in the XML. */
function dataOfLines(message: string): [string, string][] {
  return message.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, name, value] = /^([A-Z]\w*): ?(.*)$/.exec(line) ?? [];
    return name === undefined || value === '-' ? [] : [[name, value ?? '']];
  });
}

/** A script block's values, out of the words of its message. The script may hold anything, so its end is the last. */
function dataOfScriptBlock(message: string): [string, string][] {
  const text = message.replaceAll('\r\n', '\n').trimEnd();
  const head = /^Creating Scriptblock text \((\d+) of (\d+)\):\n/.exec(text);
  const end = text.lastIndexOf('\n\nScriptBlock ID: ');
  const tail = /^\n\nScriptBlock ID: (\S*)\nPath: ?(.*)$/.exec(end < 0 ? '' : text.slice(end));
  if (head === null || tail === null || end < head[0].length) return [];
  return [
    ['MessageNumber', head[1]!],
    ['MessageTotal', head[2]!],
    ['ScriptBlockText', text.slice(head[0].length, end)],
    ['ScriptBlockId', tail[1]!],
    ['Path', tail[2]!],
  ];
}

/** True for an event as Get-WinEvent hands it on, by its members. */
export function isRenderedEvent(has: (member: string) => boolean): boolean {
  return ['Id', 'LogName', 'ProviderName', 'MachineName', 'TimeCreated', 'Message'].every(has);
}

/**
 * Reads what `Get-WinEvent` gives when it is converted to JSON or exported as CSV. Its values have no names
 * (`Properties` is a list), but the message does: Sysmon's and a script block's are the XML's, and what else there is
 * Splunk would show as the classic text.
 */
export function fromGetWinEvent(members: Members): WindowsEvent | null {
  if (!isRenderedEvent((member) => members.has(member))) return null;
  const channel = textOf(members.get('LogName'));
  const id = textOf(members.get('Id'));
  const message = textOf(members.get('Message')) ?? '';
  const data =
    channel === SYSMON
      ? dataOfLines(message)
      : channel === POWERSHELL && id === '4104'
        ? dataOfScriptBlock(message)
        : [];
  const created = members.get('TimeCreated');
  const system = systemOf([
    ['Provider', members.get('ProviderName')],
    ['Guid', members.get('ProviderId')],
    ['EventID', id],
    ['Version', members.get('Version')],
    ['Level', members.get('Level')],
    ['LevelName', members.get('LevelDisplayName')],
    ['Task', members.get('Task')],
    ['TaskName', members.get('TaskDisplayName')],
    ['Opcode', members.get('Opcode')],
    ['OpcodeName', members.get('OpcodeDisplayName')],
    ['SystemTime', membersIn(created).get('value') ?? created],
    ['EventRecordID', members.get('RecordId')],
    ['ProcessID', members.get('ProcessId')],
    ['ThreadID', members.get('ThreadId')],
    ['Channel', channel],
    ['Keywords', keywordsOf(members.get('Keywords')) ?? keywordsOf(members.get('KeywordsDisplayNames'))],
    ['Computer', members.get('MachineName')],
    ['UserID', membersIn(members.get('UserId')).get('Value') ?? members.get('UserId')],
  ]);
  return {
    system: new Map([...system].filter(([, value]) => value !== '')),
    eventData: data,
    userData: [],
    message,
    isText: data.length === 0,
  };
}
