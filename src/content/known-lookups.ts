// Which lookups a search may read: those of the repository, those that its searches write, those of other apps.
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import type { Detection, Lookup, Repository } from './model.js';

/** Names by which searches may call a lookup: of its definition, its file and its collection. */
export function* namesOfLookup({ name, filename, collection }: Lookup): Iterable<string> {
  yield name;
  if (filename !== undefined) {
    const file = filename.slice(filename.lastIndexOf('/') + 1);
    yield file;
    yield file.replace(/\.[^.]*$/, '');
    yield `${name}.csv`;
  }
  if (collection !== undefined) yield collection;
}

/** Names of the lookups that the text of a search writes. */
export function lookupsWrittenBy(search: string): string[] {
  if (!search.includes('outputlookup')) return [];
  return [...search.matchAll(/\boutputlookup\s+(?:\w+=\S+\s+)*([\w.-]+)/g)].map((match) => match[1]!);
}

/** All names of lookups that a repository knows. `written` are those that its searches write. */
export function lookupNames(
  { lookups, settings }: Pick<Repository, 'lookups' | 'settings'>,
  written: Iterable<string>,
): Set<string> {
  return new Set([
    ...lookups.flatMap((lookup) => [...namesOfLookup(lookup)]),
    ...written,
    ...settings.external.lookups,
  ]);
}

// Lookups of the Common Information Model, Enterprise Security, URL Toolbox and other add-ons that content builds on.
const ofOtherApps =
  /^(?:cim_\w+|asset_lookup_\w+|asn_lookup_by_cidr|identity_lookup_expanded|simple_identity_lookup|mitre_attack_lookup|interesting_(?:ports|processes|services)_lookup|alexa_lookup_by_str|ut_(?:shannon|parse_(?:extended|simple)|levenshtein|bayesian|countset|meaning|suites)_lookup|admon_groups_def|urgency_lookup|geo_(?:us_states|countries|attr_\w+)|dnslookup|\w+_intel|security_domains|correlationsearches_lookup|incident_review_lookup|notable_xref_lookup|known_devices_public_ip_filter)(?:\.csv)?$/;

/** The most used of them, to be suggested. */
const namesOfOtherApps = [
  'asset_lookup_by_str',
  'asset_lookup_by_cidr',
  'asn_lookup_by_cidr',
  'identity_lookup_expanded',
  'simple_identity_lookup',
  'mitre_attack_lookup',
  'interesting_ports_lookup',
  'interesting_processes_lookup',
  'interesting_services_lookup',
  'alexa_lookup_by_str',
  'ut_shannon_lookup',
  'ut_parse_extended_lookup',
  'ut_parse_simple_lookup',
  'ut_levenshtein_lookup',
  'admon_groups_def',
  'urgency_lookup',
  'geo_us_states',
  'geo_countries',
  'dnslookup',
];

/** Who knows the lookups of a repository; all names are asked for only where one of them is looked for. */
export interface LookupIndex {
  hasLookup(name: string): boolean;
  lookupNames(): Iterable<string>;
}

/**
 * What is wrong with a lookup that a search of a dialect reads; undefined when it is known, here or of another app. It
 * is an error but in the older dialects, whose tools looked for few of the lookups that a search calls: there only a
 * slip of one letter is.
 */
export function unknownLookup(
  name: string,
  known: LookupIndex,
  dialect: Detection['dialect'] | undefined,
): { readonly message: string; readonly help?: string; readonly severity: 'error' | 'warning' } | undefined {
  if (ofOtherApps.test(name) || known.hasLookup(name)) return undefined;
  const meant = nearest(name, [...known.lookupNames(), ...namesOfOtherApps]);
  const isOlder = dialect === '2022' || dialect === '4.x';
  const begun = /^(\w+)(?:\.csv)?$/.exec(name)?.[1];
  const help =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : begun === undefined
        ? undefined
        : `"detc new lookup ${begun}" begins one`;
  return {
    message: `unknown lookup "${name}"`,
    ...(help === undefined ? {} : { help }),
    severity: isOlder && !isSlip(name, meant) ? 'warning' : 'error',
  };
}
