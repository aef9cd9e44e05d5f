// Risk-based alerting in one form: from `rba`, from findings, or computed from the observables of older dialects.
import type { Dialect, Finding, Path, Risk, RiskObject, Tags, ThreatObject } from '../model.js';
import { get, isRaw, mapping, mappings, optional, optionalText, type Raw, text } from './fields.js';

/** Risk, findings, and which path of the file a risk or threat object comes from. */
export interface ReadRisk {
  readonly risk?: Risk;
  readonly finding?: Finding;
  readonly intermediateFindings: readonly RiskObject[];
  readonly aliases: ReadonlyMap<string, Path>;
}

/** Reads the risk of a detection in any dialect. */
export function readRisk(raw: Raw, tags: Tags, dialect: Dialect): ReadRisk {
  const rba = get(raw, 'rba');
  if (isRaw(rba)) return readRba(rba);
  if (isRaw(get(raw, 'finding')) || isRaw(get(raw, 'intermediate_findings'))) return readFindings(raw);
  return fromObservables(mapping(raw, 'tags'), tags, dialect);
}

/** The mappings of a list that name a field; the schema reports the others. */
function named(raw: Raw, key: string): (readonly [number, Raw])[] {
  return mappings(raw, key).filter(([, object]) => text(object, 'field') !== '');
}

function score(raw: Raw): number {
  const value = get(raw, 'score');
  return typeof value === 'number' ? value : 0;
}

function riskObject(raw: Raw): RiskObject {
  return {
    field: text(raw, 'field'),
    type: text(raw, 'type'),
    score: score(raw),
    ...optional('message', optionalText(raw, 'message')),
  };
}

function threatObject(raw: Raw): ThreatObject {
  return { field: text(raw, 'field'), type: text(raw, 'type') };
}

function highest(objects: readonly RiskObject[]): number {
  return objects.reduce((most, object) => Math.max(most, object.score), 0);
}

function readRba(rba: Raw): ReadRisk {
  const aliases = new Map<string, Path>();
  const riskObjects = named(rba, 'risk_objects').map(([at, object], index) => {
    aliases.set(JSON.stringify(['risk', 'riskObjects', index]), ['rba', 'risk_objects', at]);
    return riskObject(object);
  });
  const threatObjects = named(rba, 'threat_objects').map(([at, object], index) => {
    aliases.set(JSON.stringify(['risk', 'threatObjects', index]), ['rba', 'threat_objects', at]);
    return threatObject(object);
  });
  const risk: Risk = {
    riskObjects,
    threatObjects,
    score: highest(riskObjects),
    ...optional('message', optionalText(rba, 'message')),
  };
  return { risk, intermediateFindings: [], aliases };
}

function readFindings(raw: Raw): ReadRisk {
  const aliases = new Map<string, Path>();
  const riskObjects: RiskObject[] = [];
  let finding: Finding | undefined;
  const written = get(raw, 'finding');
  if (isRaw(written)) {
    finding = { title: text(written, 'title'), entity: riskObject(mapping(written, 'entity')) };
    aliases.set(JSON.stringify(['risk', 'riskObjects', 0]), ['finding', 'entity']);
    aliases.set(JSON.stringify(['risk', 'message']), ['finding', 'title']);
    if (finding.entity.field !== '') riskObjects.push({ ...finding.entity, message: finding.title });
  }
  const entities = named(mapping(raw, 'intermediate_findings'), 'entities');
  const intermediateFindings = entities.map(([at, entity]) => {
    const object = riskObject(entity);
    aliases.set(JSON.stringify(['risk', 'riskObjects', riskObjects.length]), [
      'intermediate_findings',
      'entities',
      at,
    ]);
    riskObjects.push(object);
    return object;
  });
  const threatObjects = named(raw, 'threat_objects').map(([at, object], index) => {
    aliases.set(JSON.stringify(['risk', 'threatObjects', index]), ['threat_objects', at]);
    return threatObject(object);
  });
  const message = finding?.title ?? intermediateFindings[0]?.message;
  const risk: Risk = {
    riskObjects,
    threatObjects,
    score: highest(riskObjects),
    ...optional('message', message),
  };
  return { risk, ...optional('finding', finding), intermediateFindings, aliases };
}

const userTypes = new Set(['user', 'username', 'email address']);
const systemTypes = new Set(['device', 'endpoint', 'hostname', 'ip address']);
/** Threat object types of the 4.x generator; every other type is its own name in lower case. */
const threatTypes = new Map([
  ['process name', 'process'],
  ['process', 'process'],
  ['file name', 'file_name'],
  ['file', 'file_name'],
  ['file hash', 'file_name'],
  ['ip address', 'ip_address'],
  ['url string', 'url'],
  ['url', 'url'],
]);

/** Computes risk from observables as the generators of those years did: 4.x by role, 2022 by type alone. */
function fromObservables(rawTags: Raw, tags: Tags, dialect: Dialect): ReadRisk {
  const aliases = new Map<string, Path>();
  const message = optionalText(rawTags, 'message');
  if (message === undefined && tags.observables.length === 0) return { intermediateFindings: [], aliases };
  const points =
    dialect === '2022' && tags.riskScore !== undefined
      ? Math.trunc(tags.riskScore)
      : roundHalfEven(((tags.confidence ?? 0) * (tags.impact ?? 0)) / 100);
  const riskObjects: RiskObject[] = [];
  const threatObjects: ThreatObject[] = [];
  for (const [index, { name: field, type, roles }] of tags.observables.entries()) {
    const lower = type.toLowerCase();
    const known = userTypes.has(lower) ? 'user' : systemTypes.has(lower) ? 'system' : undefined;
    const path: Path = ['tags', 'observable', index];
    const asRisk = dialect === '2022' ? known !== undefined : roles.includes('Victim');
    if (asRisk) {
      aliases.set(JSON.stringify(['risk', 'riskObjects', riskObjects.length]), path);
      aliases.set(JSON.stringify(['risk', 'riskObjects', riskObjects.length, 'field']), [...path, 'name']);
      riskObjects.push({ field, type: known ?? 'other', score: points });
    } else if (dialect === '2022' || roles.includes('Attacker')) {
      aliases.set(JSON.stringify(['risk', 'threatObjects', threatObjects.length]), path);
      aliases.set(JSON.stringify(['risk', 'threatObjects', threatObjects.length, 'field']), [
        ...path,
        'name',
      ]);
      threatObjects.push({ field, type: dialect === '2022' ? lower : (threatTypes.get(lower) ?? lower) });
    }
  }
  const risk: Risk = { riskObjects, threatObjects, score: points, ...optional('message', message) };
  return { risk, intermediateFindings: [], aliases };
}

/** Rounds as Python does: halves to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
