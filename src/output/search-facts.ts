// What the app says about a search by looking for words in it: data models and providing technologies.
import { sortedTexts } from './names.js';

/** In the order in which they are listed. */
const dataModels = [
  'Endpoint',
  'Network_Traffic',
  'Authentication',
  'Change',
  'Change_Analysis',
  'Email',
  'Network_Resolution',
  'Network_Sessions',
  'UEBA',
  'Updates',
  'Vulnerabilities',
  'Web',
  'Risk',
  'Splunk_Audit',
] as const;

const google = ['Google Cloud Platform', 'Google Workspace'];
const technologies: readonly (readonly [word: string, names: readonly string[]])[] = [
  ['`amazon_security_lake`', ['Amazon Security Lake']],
  ['audit_searches', ['Splunk Internal Logs']],
  ['`azure_monitor_aad`', ['Azure AD', 'Entra ID']],
  ['`cloudtrail`', ['Amazon Web Services - Cloudtrail']],
  [
    'Endpoint',
    [
      'Carbon Black Response',
      'CrowdStrike Falcon',
      'Microsoft Sysmon',
      'Microsoft Windows',
      'Symantec Endpoint Protection',
    ],
  ],
  ['`google_', google],
  ['`gsuite', google],
  ['`gws_', google],
  ['`kube', ['Kubernetes']],
  ['`ms_defender`', ['Microsoft Defender']],
  ['`o365_', ['Microsoft Office 365']],
  ['`okta', ['Okta']],
  ['`pingid`', ['Ping ID']],
  ['`powershell`', ['Microsoft Windows']],
  ['`splunkd_', ['Splunk Internal Logs']],
  ['`sysmon`', ['Microsoft Sysmon']],
  ['`wineventlog_security`', ['Microsoft Windows']],
  ['`zeek_', ['Zeek']],
];

/**
 * The data models whose name occurs anywhere in the search. The rule is the incumbent's, by which dashboards filter:
 * "Change" is also reported for Change_Analysis and "Web" for any word that holds it.
 */
export const dataModelsOf = (search: string): string[] => dataModels.filter((name) => search.includes(name));

/** The products that can provide the data, sorted; decided by macros and words in the search. */
export function providingTechnologies(search: string): string[] {
  const found = new Set<string>();
  for (const [word, names] of technologies)
    if (search.includes(word)) for (const name of names) found.add(name);
  return sortedTexts([...found]);
}

/** Names that a search calls, in the order of first use. */
export interface CalledNames {
  readonly macros: readonly string[];
  /** Lookup definitions or table files. */
  readonly lookups: readonly string[];
}

/** Finds macros and lookups by their spelling; what stands in a comment is not called. */
export function calledNames(search: string): CalledNames {
  const text = search.includes('```') ? search.replace(/```[\s\S]*?```/g, ' ') : search;
  const macros = new Set<string>();
  for (const [, name] of text.matchAll(/`\s*([^\s(`]+)[^`]*`/g)) macros.add(name!);
  const lookups = new Set<string>();
  for (const [, name] of text.matchAll(/\b(?:input|output)?lookup\s+(?:\w+\s*=\s*\S+\s+)*"?([\w.-]+)/gi))
    lookups.add(name!);
  return { macros: [...macros], lookups: [...lookups] };
}

/** Phase of the kill chain for each ATT&CK tactic (Lockheed Martin's phases, as Splunk's content maps them). */
const phases: ReadonlyMap<string, string> = new Map([
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

/** The phases of some tactics, sorted, each once. */
export const killChainPhases = (tactics: readonly string[]): string[] =>
  sortedTexts([...new Set(tactics.flatMap((tactic) => phases.get(tactic) ?? []))]);
