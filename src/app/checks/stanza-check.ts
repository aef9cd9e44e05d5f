// Checks that look at the stanzas of one conf file, each by itself.
import type { Check, InspectedApp } from './check.js';
import type { ScannedStanza } from './scan-conf.js';

/** The value of a key of the stanza, undefined when it is not set. */
export type Value = (key: string) => string | undefined;

/** What is wrong with a stanza, if anything. */
export type StanzaFault = (stanza: ScannedStanza, value: Value, app: InspectedApp) => string | undefined;

/** Makes a check on every stanza of a conf file under default/, named without ending. */
export function stanzaCheck(
  name: string,
  summary: string,
  conf: string,
  fault: StanzaFault,
  level: Check['level'] = 'failure',
): Check {
  return {
    name,
    level,
    summary,
    inspect(app, report) {
      const scanned = app.conf(conf);
      for (const stanza of scanned.stanzas) {
        const message = fault(stanza, (key) => scanned.value(stanza, key), app);
        if (message !== undefined) report(`default/${conf}.conf`, message, { line: stanza.line });
      }
    },
  };
}

/** Whether Splunk takes a value for true. */
export const isTrue = (value: string | undefined): boolean => /^(1|t|true|y|yes|enabled)$/i.test(value ?? '');
