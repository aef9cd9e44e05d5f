// The ATT&CK facts that pages, app and API show: names and tactics of techniques, in the version a repository was written for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../content/model.js';
import { packageRoot } from '../package-root.js';

/** A technique or sub-technique of ATT&CK Enterprise. */
export interface Technique {
  readonly id: string;
  readonly name: string;
  /** Names of tactics in alphabetical order, as the published pages print them. */
  readonly tactics: readonly string[];
  readonly groups: readonly string[];
}

/** One release of ATT&CK Enterprise. */
export interface AttackFacts {
  readonly version: string;
  readonly techniques: ReadonlyMap<string, Technique>;
}

/** Tactics in the order of the ATT&CK Enterprise matrix, spelled as in the facts. */
export const tacticsInMatrixOrder: readonly string[] = [
  'Reconnaissance',
  'Resource Development',
  'Initial Access',
  'Execution',
  'Persistence',
  'Privilege Escalation',
  'Defense Evasion',
  'Credential Access',
  'Discovery',
  'Lateral Movement',
  'Collection',
  'Command And Control',
  'Exfiltration',
  'Impact',
];

/** Releases in knowledge/attack/, oldest first. */
export const attackVersions = ['11', '15'] as const;
export type AttackVersion = (typeof attackVersions)[number];

const loaded = new Map<string, AttackFacts>();

/** Reads one release; the same object for the same version. */
export function loadAttack(version: AttackVersion): AttackFacts {
  const known = loaded.get(version);
  if (known) return known;
  const text = readFileSync(join(packageRoot(), 'knowledge/attack', `enterprise-${version}.json`), 'utf8');
  const { techniques } = JSON.parse(text) as { techniques: Technique[] };
  const facts = { version, techniques: new Map(techniques.map((technique) => [technique.id, technique])) };
  loaded.set(version, facts);
  return facts;
}

/** Ids that a release after those in `attackVersions` added; what else it says of them is not kept. */
export interface LaterIds {
  readonly version: string;
  readonly ids: ReadonlySet<string>;
}
let later: LaterIds | undefined;

/** The ids that releases up to 18 added, from the STIX bundle that MITRE publishes. */
export function laterTechniqueIds(): LaterIds {
  if (later === undefined) {
    const text = readFileSync(join(packageRoot(), 'knowledge/attack/later-ids.json'), 'utf8');
    const { version, ids } = JSON.parse(text) as { version: string; ids: readonly string[] };
    later = { version, ids: new Set(ids) };
  }
  return later;
}

/**
 * The release that a repository's outputs use: `docs.attack` of detc.yml, else version 11 (April 2022) for repositories
 * of the 2022 dialect and version 15 (April 2024) for later ones.
 */
export function attackVersionOf(repository: Repository): AttackVersion {
  const set = String(repository.settings.docs['attack'] ?? '');
  const chosen = attackVersions.find((version) => version === set);
  if (chosen) return chosen;
  return repository.detections.length > 0 && repository.detections.every((d) => d.dialect === '2022')
    ? '11'
    : '15';
}

/** The technique with an id; one that the release does not know is shown by its id and has no tactic. */
export function techniqueOf(facts: AttackFacts, id: string): Technique {
  return facts.techniques.get(id) ?? { id, name: id, tactics: [], groups: [] };
}

/** Page of a technique at attack.mitre.org; `undefined` for what is no technique id. */
export function techniqueUrl(id: string): string | undefined {
  if (!/^T\d{4}(\.\d{3})?$/.test(id)) return undefined;
  return `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;
}
