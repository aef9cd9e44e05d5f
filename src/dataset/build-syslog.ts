// Events of syslog (RFC 3164 and 5424): `host` is the one that the header names.
import { draftEvent, type EventBuilder, type Stream } from './build-event.js';

const headerPattern =
  /^(?:\d+ )?(?:<\d{1,3}>)?(?:1 )?(?:[A-Z][a-z]{2} [ \d]\d(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d+)?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?) (?:\[[^\]]*\] )?([\w.:-]+) /;

/**
 * Returns the builder of syslog events.
 *
 * @see Admin Manual, props.conf, the default stanza [syslog] with TRANSFORMS = syslog-host
 */
export function syslogBuilder(stream: Stream): EventBuilder {
  let last: { host: string; find: (raw: string) => number | null } | undefined;
  return (text, line) => {
    const host = headerPattern.exec(text)?.[1];
    const draft = draftEvent(stream, text, line, host === undefined || host === '-' ? undefined : { host });
    if (last?.host !== draft.host) last = { host: draft.host, find: stream.timeFinder(draft) };
    draft.time = last.find(text);
    return draft;
  };
}
