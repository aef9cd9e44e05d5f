// Builders of Windows events that other tools wrote as JSON or in tables: events as Splunk indexes them.
import { draftEvent, type EventBuilder, type EventDraft, plainBuilder, type Stream } from './build-event.js';
import { ForeignEvent, NxlogReader, nxlogShape, parsedShape } from './foreign-event.js';
import { exactMembers } from './json-text.js';
import { timeOfValue } from './timestamp.js';
import { readWindowsEvent } from './windows-records.js';
import type { Members, WindowsEvent } from './windows-shapes.js';
import { toText, toXml } from './windows-xml.js';

function draftOf(stream: Stream, event: WindowsEvent, line: number, text: string | null): EventDraft {
  const time = timeOfValue(event.system.get('SystemTime'), stream.clock);
  const type = event.isText ? 'WinEventLog' : 'XmlWinEventLog';
  const own = {
    source: `${type}:${event.system.get('Channel') ?? ''}`,
    sourcetype: type,
    host: event.system.get('Computer'),
  };
  const isLazy = text !== null && !event.isText;
  const raw = isLazy ? '' : event.isText ? toText(event, time) : toXml(event, time);
  const draft = draftEvent(stream, raw, line, own);
  draft.time = time;
  if (!isLazy) return draft;
  return new ForeignEvent(text, parsedShape, indexed(draft), draft, draft.host, time, event);
}

/** Splunk takes the channel out of the source type and shows it in the source. */
function indexed<Origin extends { readonly sourcetype: string }>(origin: Origin): Origin {
  return /^xmlwineventlog:/i.test(origin.sourcetype) ? { ...origin, sourcetype: 'XmlWinEventLog' } : origin;
}

/** Drafts the Windows event that the cells of a table are; null when they are none. */
export function draftOfCells(stream: Stream, cells: Members, line: number): EventDraft | null {
  const event = readWindowsEvent(cells);
  return event && draftOf(stream, event, line, null);
}

/** Makes a function that gives the Windows event that a JSON record is; null when it is none. */
export function foreignReader(stream: Stream): (text: string, line: number) => EventDraft | null {
  const nxlog = new NxlogReader(stream.clock);
  const { told, defaults } = stream;
  const host = told.host ?? { else: defaults.host };
  const origins = new Map<
    string,
    { readonly source: string; readonly sourcetype: string; readonly index: string }
  >();
  return (text, line) => {
    if (nxlog.read(text)) {
      const { channel } = nxlog;
      let origin = origins.get(channel);
      if (origin === undefined) {
        origin = indexed({
          source: told.source ?? `XmlWinEventLog:${channel}`,
          sourcetype: told.sourcetype ?? 'XmlWinEventLog',
          index: told.index ?? defaults.index,
        });
        if (origins.size < 1000) origins.set(channel, origin);
      }
      return new ForeignEvent(text, nxlogShape, origin, { line, file: stream.file }, host, nxlog.time);
    }
    const members = exactMembers(text);
    const event = members && readWindowsEvent(members);
    return event && draftOf(stream, event, line, text);
  };
}

/** Returns the builder for JSON that holds Windows events. A record that is none stays as it is. */
export function forwardedBuilder(stream: Stream): EventBuilder {
  const plain = plainBuilder(stream);
  const foreign = foreignReader(stream);
  return (text, line) => {
    const draft = foreign(text, line);
    if (draft) return draft;
    stream.broken(line, 'a JSON record that is not a Windows event');
    return plain(text, line);
  };
}
