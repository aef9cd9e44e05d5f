// Windows events that other tools wrote as JSON, written again as the XML that Splunk indexes.
import { draftEvent, type EventBuilder, type EventDraft, plainBuilder, type Stream } from './build-event.js';
import { parseObject } from './json-text.js';
import { timeOfValue } from './timestamp.js';
import { readWindowsEvent, type WindowsEvent } from './windows-shapes.js';

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

/** Drafts the Windows event that a record is; null when it is none. */
export function draftForwarded(
  stream: Stream,
  members: ReadonlyMap<string, unknown>,
  line: number,
): EventDraft | null {
  const event = readWindowsEvent(members);
  if (!event) return null;
  const time = timeOfValue(event.system.get('SystemTime'), stream.clock);
  const draft = draftEvent(stream, toXml(event, time), line, {
    source: `XmlWinEventLog:${event.system.get('Channel') ?? ''}`,
    sourcetype: 'XmlWinEventLog',
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
