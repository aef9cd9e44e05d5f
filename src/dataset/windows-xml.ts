// How Splunk would have indexed a Windows event, and the fields that its add-on would find there.
import { cleanKey } from '../runtime/extracted.js';
import { AUDIT_FAILURE, AUDIT_SUCCESS, type WindowsEvent } from './windows-shapes.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
};
/** A text as XML has it. */
export const escapeXml = (text: string) => text.replace(/[&<>'"]/g, (char) => entities[char] ?? char);

/** What may be the name of an element. */
export const TAG = /^[A-Za-z_][\w.-]*$/;

/**
 * The XML that Splunk would have indexed.
 *
 * @param time  of the event, epoch seconds; null where its text is none that is known
 */
export function toXml({ system, eventData, userData, message }: WindowsEvent, time: number | null): string {
  const get = (name: string) => escapeXml(system.get(name) ?? '');
  const attribute = (name: string, of = name) => (system.has(of) ? ` ${name}='${get(of)}'` : '');
  const element = (name: string) => (system.has(name) ? `<${name}>${get(name)}</${name}>` : '');
  const created = escapeXml(systemTime(time, system.get('SystemTime')) ?? '');
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

/** The classic text of an event whose values have no names. */
export function toText({ system, message = '' }: WindowsEvent, time: number | null): string {
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

/** A field's value as reading the XML gives it: entities stay where a value has lines. */
export const asRead = (value: string): string => (value.includes('\n') ? escapeXml(value) : value);

/** What `SystemTime` of the XML says. */
export const systemTime = (time: number | null, written: string | undefined): string | undefined =>
  time === null ? written : new Date(Math.round(time * 1000)).toISOString();

const PLAIN_NAME = /^[A-Za-z]\w*$/;

/** The fields that a named value gives, as the reader of the XML in `knowledge/` cleans names. */
export function fieldsOf(name: string): readonly string[] {
  const written = escapeXml(name);
  if (PLAIN_NAME.test(written)) return [written];
  const clean = cleanKey(written);
  const joined = written.replaceAll(' ', '');
  const second = joined !== clean && joined !== written && PLAIN_NAME.test(joined) ? [joined] : [];
  return clean === '' ? second : [clean, ...second];
}

/** The fields that each part of `System` gives; the provider's attributes have two. */
export const systemFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['Provider', ['Name', 'Provider_Name']],
  ['Guid', ['Guid', 'Provider_Guid']],
  ...[
    'EventID',
    'Qualifiers',
    'Version',
    'Level',
    'Task',
    'Opcode',
    'Keywords',
    'SystemTime',
    'EventRecordID',
    'ActivityID',
    'ProcessID',
    'ThreadID',
    'Channel',
    'Computer',
    'UserID',
  ].map((name): [string, string[]] => [name, [name]]),
]);

/** Everything that composing an event adds of itself, in lower case: names of elements, and words for what was a number. */
const scaffold = [
  toXml(
    {
      system: new Map([...systemFields.keys()].map((name) => [name, ''])),
      eventData: [['', '']],
      userData: [['_', '']],
      message: '',
    },
    null,
  ),
  ...['&amp;', '&lt;', '&gt;', '&quot;', '&apos;', 'XmlWinEventLog:', 'WinEventLog:'],
  ...[
    'LogName=',
    'EventCode=',
    'EventType=',
    'ComputerName=',
    'SourceName=',
    'Type=',
    'RecordNumber=',
    'Keywords=',
  ],
  ...['TaskCategory=', 'OpCode=', 'Message=', ' AM', ' PM', ...auditWords.values()],
]
  .join('\n')
  .toLowerCase();

/** Runs that may lie in a time as events write it, or in keywords. */
const REWRITTEN = /^[-\d:.t/z ]*(?: ?[ap]?m?)?$|^(?:0?x)?[\da-f]{0,16}$/;

/** Fields that hold what composing writes: parts of the XML itself, and what is written otherwise there. */
const WRITTEN = /^(?:SystemTime|Keywords|Level|EventType|_.*|.*_Xml)$/;
const references = ['&amp;', '&lt;', '&gt;', '&quot;', '&apos;'];

/**
 * The same of fields that are read as a whole; null for any stretch of the text. A value is the record's but for numbers
 * that JavaScript prints, and for references in values of several lines.
 */
export function mayAddToFields(run: string, fields: ReadonlySet<string> | null): boolean {
  if (fields === null || [...fields].some((field) => WRITTEN.test(field))) return mayAddRun(run);
  return run.includes(';') || references.some((reference) => reference.includes(run));
}

/** Whether an event may hold a run of characters, in lower case, that stands nowhere in the record it is made of. */
export function mayAddRun(run: string): boolean {
  return run.includes(';') || scaffold.includes(run) || REWRITTEN.test(run);
}
