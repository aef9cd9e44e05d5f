// Risk events as the risk action of a detection writes them into index=risk, so that correlations can run on them.
import type { AppConfig, Detection } from '../content/model.js';
import { createRow, type FieldValue, type Row } from '../runtime/value.js';

/** What is known of techniques beyond their ids. */
export interface AttackFacts {
  readonly techniqueName: (id: string) => string | undefined;
  readonly tactics: (id: string) => readonly string[];
}

/**
 * Makes the risk events of a detection's result rows: one per row and risk object that has a value, a multivalue
 * object giving one per value. A detection without risk makes none.
 *
 * Field names are those of the Risk data model (All_Risk); `risk_message` has its `$field$`s filled from the row.
 *
 * @param time epoch seconds of the run that found the rows
 */
export function riskEvents(
  detection: Detection,
  rows: readonly Row[],
  app: AppConfig,
  time: number,
  facts: AttackFacts,
): Row[] {
  const risk = detection.risk;
  if (!risk) return [];
  const search = `${app.label} - ${detection.name} - Rule`;
  const techniques = detection.tags.mitreAttackIds;
  const tactics = [...new Set(techniques.flatMap((id) => facts.tactics(id)))];
  const names = techniques.map((id) => facts.techniqueName(id)).filter((name) => name !== undefined);
  const events: Row[] = [];
  for (const found of rows) {
    const threats = risk.threatObjects.flatMap((object) =>
      values(found, object.field).map((value) => ({ value, type: object.type })),
    );
    for (const object of risk.riskObjects) {
      for (const value of values(found, object.field)) {
        const row = createRow();
        for (const field of Object.keys(found)) row[field] = found[field]!;
        row['_time'] = typeof found['_time'] === 'number' ? found['_time'] : time;
        row['index'] = 'risk';
        row['source'] = search;
        row['sourcetype'] = 'stash';
        row['search_name'] = search;
        row['risk_object'] = value;
        row['normalized_risk_object'] = value;
        row['risk_object_type'] = object.type;
        row['risk_score'] = object.score;
        row['calculated_risk_score'] = object.score;
        const message = object.message ?? risk.message;
        if (message !== undefined) row['risk_message'] = fillTokens(message, found);
        set(row, 'analyticstories', detection.tags.analyticStories);
        set(row, 'annotations.mitre_attack.mitre_technique_id', techniques);
        set(row, 'annotations.mitre_attack.mitre_technique', names);
        // The search-time lookup names tactics in the matrix's short form: "Defense Evasion" is "defense-evasion".
        set(
          row,
          'annotations.mitre_attack.mitre_tactic',
          tactics.map((tactic) => tactic.toLowerCase().replace(/ /g, '-')),
        );
        set(
          row,
          'annotations.mitre_attack.mitre_tactic_id',
          tactics.map(tacticId).filter((id) => id !== undefined),
        );
        set(row, 'annotations._all', [...detection.tags.analyticStories, ...techniques]);
        set(
          row,
          'threat_object',
          threats.map((threat) => threat.value),
        );
        set(
          row,
          'threat_object_type',
          threats.map((threat) => threat.type),
        );
        events.push(row);
      }
    }
  }
  return events;
}

function values(row: Row, field: string): string[] {
  const value = Object.hasOwn(row, field) ? row[field] : undefined;
  if (value === undefined || value === null || value === '' || value === 'null') return [];
  return Array.isArray(value) ? [...new Set(value.map(String))] : [String(value)];
}

function set(row: Row, name: string, list: readonly string[]): void {
  const only = list[0];
  if (only !== undefined) row[name] = list.length === 1 ? only : [...list];
}

/** Fills `$field$` from a row; a field without a value leaves the token as it is, as Splunk does. */
export function fillTokens(text: string, row: Readonly<Record<string, FieldValue | undefined>>): string {
  return text.replace(/\$([^$\s]+)\$/g, (token, field: string) => {
    const value = Object.hasOwn(row, field) ? row[field] : undefined;
    if (value === undefined || value === null) return token;
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
}

const tacticIds: ReadonlyMap<string, string> = new Map([
  ['Reconnaissance', 'TA0043'],
  ['Resource Development', 'TA0042'],
  ['Initial Access', 'TA0001'],
  ['Execution', 'TA0002'],
  ['Persistence', 'TA0003'],
  ['Privilege Escalation', 'TA0004'],
  ['Defense Evasion', 'TA0005'],
  ['Credential Access', 'TA0006'],
  ['Discovery', 'TA0007'],
  ['Lateral Movement', 'TA0008'],
  ['Collection', 'TA0009'],
  ['Command And Control', 'TA0011'],
  ['Exfiltration', 'TA0010'],
  ['Impact', 'TA0040'],
]);

/** Id of a tactic by its name, in any case. */
function tacticId(name: string): string | undefined {
  return tacticIds.get(name) ?? tacticIds.get(name.replace(/\b\w/g, (letter) => letter.toUpperCase()));
}
