// Windows events that other tools wrote as JSON or in tables, written again as Splunk indexes them: XML, or classic text.
import { draftEvent, type EventBuilder, type EventDraft, plainBuilder, type Stream } from './build-event.js';
import { parseObject } from './json-text.js';
import { timeOfValue } from './timestamp.js';
import { readWindowsEvent } from './windows-records.js';
import { AUDIT_FAILURE, AUDIT_SUCCESS, type WindowsEvent } from './windows-shapes.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
};
const escapeXml = (text: string) => text.replace(/[&<>'"]/g, (char) => entities[char] ?? char);

/** What may be the name of an element. */
const TAG = /^[A-Za-z_][\w.-]*$/;

function toXml({ system, eventData, userData, message }: WindowsEvent, time: number | null): string {
  const get = (name: string) => escapeXml(system.get(name) ?? '');
  const attribute = (name: string, of = name) => (system.has(of) ? ` ${name}='${get(of)}'` : '');
  const element = (name: string) => (system.has(name) ? `<${name}>${get(name)}</${name}>` : '');
  const created = time === null ? get('SystemTime') : new Date(Math.round(time * 1000)).toISOString();
  const data = eventData.map(([name, value]) =>
    name === 'Data'
      ? `<Data>${escapeXml(value)}</Data>`
      : `<Data Name='${escapeXml(name)}'>${escapeXml(value)}</Data>`,
  );
  const leaves = userData.map(([name, value]) =>
    TAG.test(name) ? `<${name}>${escapeXml(value)}</${name}>` : '',
  );
  return [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>",
    `<Provider${attribute('Name', 'Provider')}${attribute('Guid')}/>`,
    `<EventID${attribute('Qualifiers')}>${get('EventID')}</EventID>`,
    ...['Version', 'Level', 'Task', 'Opcode', 'Keywords'].map(element),
    `<TimeCreated SystemTime='${created}'/>`,
    element('EventRecordID'),
    `<Correlation${attribute('ActivityID')}/>`,
    `<Execution${attribute('ProcessID')}${attribute('ThreadID')}/>`,
    element('Channel'),
    element('Computer'),
    `<Security${attribute('UserID')}/></System>`,
    data.length > 0 || leaves.length === 0 ? `<EventData>${data.join('')}</EventData>` : '',
    leaves.length > 0 ? `<UserData>${leaves.join('')}</UserData>` : '',
    message === undefined ? '' : `<RenderingInfo><Message>${escapeXml(message)}</Message></RenderingInfo>`,
    '</Event>',
  ].join('');
}

const auditWords: ReadonlyMap<string, string> = new Map([
  [AUDIT_SUCCESS, 'Audit Success'],
  [AUDIT_FAILURE, 'Audit Failure'],
]);

/** A header's value is one line. */
const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ');

/** The date that opens a classic event: `09/10/2020 10:41:26.123 AM`. */
function classicDate(time: number): string {
  const date = new Date(Math.round(time * 1000)).toISOString();
  const hour = Number(date.slice(11, 13));
  const [half, shown] = [hour < 12 ? 'AM' : 'PM', String(hour % 12 || 12).padStart(2, '0')];
  return `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)} ${shown}${date.slice(13, 23)} ${half}`;
}

function toText({ system, message = '' }: WindowsEvent, time: number | null): string {
  const keywords = system.get('Keywords');
  const line = (name: string, value: string | undefined) =>
    value === undefined || value === '' ? [] : [`${name}=${oneLine(value)}`];
  return [
    classicDate(time ?? 0),
    ...line('LogName', system.get('Channel')),
    ...line('EventCode', system.get('EventID')),
    ...line('EventType', system.get('Level')),
    ...line('ComputerName', system.get('Computer')),
    ...line('SourceName', system.get('Provider')),
    ...line('Type', system.get('LevelName')),
    ...line('RecordNumber', system.get('EventRecordID')),
    ...line('Keywords', keywords && (auditWords.get(keywords) ?? keywords)),
    ...line('TaskCategory', system.get('TaskName')),
    ...line('OpCode', system.get('OpcodeName')),
    `Message=${message.replaceAll('\r\n', '\n')}`,
  ].join('\n');
}

/** Drafts the Windows event that a record is; null when it is none. */
export function draftForwarded(
  stream: Stream,
  members: ReadonlyMap<string, unknown>,
  line: number,
): EventDraft | null {
  const event = readWindowsEvent(members);
  if (!event) return null;
  const time = timeOfValue(event.system.get('SystemTime'), stream.clock);
  const type = event.isText ? 'WinEventLog' : 'XmlWinEventLog';
  const raw = event.isText ? toText(event, time) : toXml(event, time);
  const draft = draftEvent(stream, raw, line, {
    source: `${type}:${event.system.get('Channel') ?? ''}`,
    sourcetype: type,
    host: event.system.get('Computer'),
  });
  draft.time = time;
  return draft;
}

/** Returns the builder for JSON that holds Windows events. A record that is none stays as it is. */
export function forwardedBuilder(stream: Stream): EventBuilder {
  const plain = plainBuilder(stream);
  return (text, line) => {
    const members = parseObject(text);
    const draft = members && draftForwarded(stream, members, line);
    if (draft) return draft;
    stream.broken(line, 'a JSON record that is not a Windows event');
    return plain(text, line);
  };
}
