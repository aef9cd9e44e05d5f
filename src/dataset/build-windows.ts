// Windows events as Splunk indexes them, from XML of any layout and from the classic multi-line text.
import { dateDraft, draftEvent, type EventBuilder, type Stream } from './build-event.js';

// Names that an attacker chooses must not grow the table without end.
const MAX_KEPT_SOURCES = 1000;

/** Keeps one string per channel, so that a million events do not hold a million copies of its name. */
class SourceNames {
  readonly #prefix: string;
  readonly #names = new Map<string, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  of(channel: string): string {
    let name = this.#names.get(channel);
    if (name === undefined) {
      name = this.#prefix + channel;
      if (this.#names.size < MAX_KEPT_SOURCES) this.#names.set(channel, name);
    }
    return name;
  }
}

function elementText(xml: string, name: string): string | undefined {
  const open = xml.indexOf(`<${name}>`);
  if (open < 0) return undefined;
  const start = open + name.length + 2;
  const end = xml.indexOf('<', start);
  return end < 0 ? undefined : xml.slice(start, end).trim() || undefined;
}

// Both patterns leave nothing to try twice: hostile text of a million blanks or quotes takes no longer than other.
const betweenTags = (whole: string, blanks: string) => (/[\r\n]/.test(blanks) ? '><' : whole);
const withSingleQuotes = (tag: string) => (tag.includes('="') ? tag.replace(/="([^"']*)"/g, "='$1'") : tag);

/**
 * Writes an event as Splunk renders it: no line break between elements, attributes in single quotes. Values keep
 * every character.
 */
export function renderLikeSplunk(xml: string): string {
  let text = xml;
  if (text.includes('\n') || text.includes('\r')) text = text.replace(/>(\s+)</g, betweenTags);
  return text.includes('="') ? text.replace(/<[A-Za-z][^<>]*>/g, withSingleQuotes) : text;
}

/**
 * Returns the builder of Windows events in XML: `source` is `XmlWinEventLog:` and the channel, `host` the computer.
 * Sysmon for Linux writes the same XML, and its add-on reads it as written.
 */
export function windowsXmlBuilder(stream: Stream): EventBuilder {
  const sources = new SourceNames('XmlWinEventLog:');
  const linuxSources = new SourceNames('Syslog:');
  return (text, line) => {
    const systemEnd = text.indexOf('</System>');
    const system = systemEnd < 0 ? text : text.slice(0, systemEnd);
    const channel = elementText(system, 'Channel');
    const isLinux = channel?.startsWith('Linux-Sysmon') ?? false;
    const draft = draftEvent(stream, isLinux ? text : renderLikeSplunk(text), line, {
      source: systemEnd < 0 ? undefined : (isLinux ? linuxSources : sources).of(channel ?? ''),
      sourcetype: isLinux ? 'sysmon:linux' : 'XmlWinEventLog',
      host: elementText(system, 'Computer'),
    });
    if (systemEnd < 0) stream.broken(line, 'an event without a whole <System> element');
    dateDraft(stream, draft);
    return draft;
  };
}

/** The first line of a classic event: `09/10/2020 10:41:26 AM`, with or without fractions of a second. */
export const WINDOWS_TEXT_START = /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2}(?:\.\d+)? ?[AP]M\s*$/;

/** Returns the builder of classic Windows events: `source` is `WinEventLog:` and the log, `host` the computer. */
export function windowsTextBuilder(stream: Stream): EventBuilder {
  const sources = new SourceNames('WinEventLog:');
  return (text, line) => {
    const messageAt = text.search(/^Message=/m);
    const head = messageAt < 0 ? text.slice(0, 4096) : text.slice(0, messageAt);
    const log = /^LogName=(.*?)\r?$/m.exec(head)?.[1];
    const draft = draftEvent(stream, text, line, {
      source: log ? sources.of(log) : undefined,
      sourcetype: 'WinEventLog',
      host: /^ComputerName=(.*?)\r?$/m.exec(head)?.[1] || undefined,
    });
    dateDraft(stream, draft);
    return draft;
  };
}
