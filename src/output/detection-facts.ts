// What an app says about a detection besides its own words: mappings, annotations, risk, severity, drilldowns.
import type { Detection, Risk } from '../content/model.js';
import { isOlder } from './describe.js';
import { Fractional, type Json } from './json.js';
import { byCodePoint, sortedTexts } from './names.js';

/** Framework mappings: controls and functions follow from security domain and type, techniques are the author's. */
export function mappingsOf(detection: Detection): { readonly [key: string]: Json | undefined } {
  const { tags, type, dialect } = detection;
  if (dialect === '2022')
    return {
      cis20: some(tags.cis20),
      kill_chain_phases: some(tags.killChainPhases),
      mitre_attack: some(tags.mitreAttackIds),
      nist: some(tags.nist),
    };
  return {
    cis20: [tags.securityDomain === 'network' ? 'CIS 13' : 'CIS 10'],
    mitre_attack: some(tags.mitreAttackIds),
    nist: [type === 'TTP' ? 'DE.CM' : 'DE.AE'],
  };
}

/** Annotations of the correlation search: the mappings and what the detection belongs to. */
export function annotationsOf(detection: Detection): Json {
  const { tags, type, dialect } = detection;
  return {
    ...mappingsOf(detection),
    analytic_story: sortedTexts(tags.analyticStories),
    type,
    type_list: [type],
    data_source: detection.dataSources,
    cve: some(tags.cves),
    ...(isOlder(dialect) ? { confidence: tags.confidence, impact: tags.impact } : {}),
  };
}

const some = (texts: readonly string[]): readonly string[] | undefined =>
  texts.length > 0 ? texts : undefined;

/** Identity of the detection for ES content versioning; the time is midnight UTC of its date. */
export function metadataOf(detection: Detection): Json {
  const date = detection.modificationDate;
  const time = date === undefined ? Number.NaN : Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 1000;
  return {
    deprecated: detection.status === 'deprecated' ? '1' : '0',
    detection_id: detection.id ?? '',
    detection_version: String(detection.version ?? 0),
    publish_time: new Fractional(Number.isFinite(time) ? time : 0),
  };
}

/**
 * Risk and threat objects as the risk action takes them. They are sorted as the incumbent sorts them, by a text that
 * ends in the score (so 100 stands before 20), for the diff of a migrated app to be empty; the order has no meaning.
 */
export function riskObjectsOf(risk: Risk): Json[] {
  const order = <T>(all: readonly T[], key: (one: T) => string) =>
    [...new Map(all.map((one) => [key(one), one]))]
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([, one]) => one);
  return [
    ...order(
      risk.riskObjects,
      (o) => `${o.field}RiskObjectType.${o.type.toUpperCase()}${o.score}${o.message ?? ''}`,
    ).map(
      (o): Json => ({
        risk_object_field: o.field,
        risk_object_type: o.type,
        risk_score: o.score,
        ...(o.message === undefined ? {} : { risk_message: o.message }),
      }),
    ),
    ...order(risk.threatObjects, (o) => `${o.field}ThreatObjectType.${o.type.toUpperCase()}`).map(
      (o): Json => ({ threat_object_field: o.field, threat_object_type: o.type }),
    ),
  ];
}

/** Severity of the finding: by the risk score in steps of 20; high where nothing is scored. */
export function severityOf(detection: Detection): string {
  const score = detection.finding?.entity.score ?? detection.risk?.score;
  if (score === undefined) return 'high';
  if (score <= 20) return 'informational';
  if (score <= 40) return 'low';
  if (score <= 60) return 'medium';
  return score <= 80 ? 'high' : 'critical';
}

/** Drilldowns with the detection's search put in; offsets that are null or left out are not written. */
export const drilldownsOf = (detection: Detection): Json[] =>
  detection.drilldowns.map((drilldown) => ({
    name: drilldown.name,
    search: drilldown.search.replaceAll('%original_detection_search%', () => detection.search),
    earliest_offset: drilldown.earliestOffset ?? undefined,
    latest_offset: drilldown.latestOffset ?? undefined,
  }));

/** The entity of the finding; content without one names none. */
export function entitiesOf(detection: Detection): Json[] {
  const entity = detection.finding?.entity;
  return entity
    ? [{ risk_object_field: entity.field, risk_object_type: entity.type, risk_score: entity.score }]
    : [{ risk_object_field: 'N/A', risk_object_type: 'N/A', risk_score: 0 }];
}
