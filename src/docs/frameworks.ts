// Framework labels of a detection: as written by older dialects, derived as contentctl derives them for later ones.
import type { Detection } from '../content/model.js';
import { unique } from './catalogue.js';

/** Phase of the Lockheed Martin kill chain for each ATT&CK tactic, as contentctl maps them. */
const phaseOfTactic: ReadonlyMap<string, string> = new Map([
  ['Reconnaissance', 'Reconnaissance'],
  ['Resource Development', 'Weaponization'],
  ['Initial Access', 'Delivery'],
  ['Execution', 'Installation'],
  ['Persistence', 'Installation'],
  ['Privilege Escalation', 'Exploitation'],
  ['Defense Evasion', 'Exploitation'],
  ['Credential Access', 'Exploitation'],
  ['Discovery', 'Exploitation'],
  ['Lateral Movement', 'Exploitation'],
  ['Collection', 'Exploitation'],
  ['Command And Control', 'Command and Control'],
  ['Exfiltration', 'Actions on Objectives'],
  ['Impact', 'Actions on Objectives'],
]);

/** What an author wrote is shown; only dialects that stopped writing it have it derived. */
function isWritten({ dialect }: Detection, labels: readonly string[]): boolean {
  return dialect === '2022' || labels.length > 0;
}

export function killChainPhases(detection: Detection, tactics: readonly string[]): readonly string[] {
  if (isWritten(detection, detection.tags.killChainPhases)) return detection.tags.killChainPhases;
  return unique(tactics.flatMap((tactic) => phaseOfTactic.get(tactic) ?? [])).sort();
}

/** NIST categories; later dialects do not write them and contentctl derives them from the type. */
export function nistCategories(detection: Detection): readonly string[] {
  if (isWritten(detection, detection.tags.nist)) return detection.tags.nist;
  return [detection.type === 'TTP' ? 'DE.CM' : 'DE.AE'];
}

/** CIS controls; later dialects do not write them and contentctl derives them from the security domain. */
export function cisControls(detection: Detection): readonly string[] {
  if (isWritten(detection, detection.tags.cis20)) return detection.tags.cis20;
  return [detection.tags.securityDomain === 'network' ? 'CIS 13' : 'CIS 10'];
}

const readByDetection = new WeakMap<Detection, readonly string[]>();

/** Data models of a detection: the written list, or those that its search names after `datamodel`, in order of use. */
export function dataModels(detection: Detection): readonly string[] {
  if (detection.dialect === '2022' || detection.dataModels.length > 0) return detection.dataModels;
  let models = readByDetection.get(detection);
  if (!models) {
    const named = detection.search.matchAll(/\bdatamodel\s*[=:]?\s*"?([A-Za-z_]+)/gi);
    models = unique([...named].map((match) => match[1]!));
    readByDetection.set(detection, models);
  }
  return models;
}
