import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { isUncertain } from '../syntax/field-set.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownLookup = defineRule({
  code: 'unknown-lookup',
  severity: 'error',
  summary: 'Every lookup that a search reads is defined in the repository or by a known app.',
  source: 'Search Reference: lookup, inputlookup',
  docs: 'Splunk refuses a search that names a lookup which no app on the search head defines. Add it under lookups/.',
  examples: {
    pass: [
      {
        title: 'a lookup by the name of its file',
        files: { [base.rba]: edit('| `rundll32', '| append [inputlookup known_tools.csv] | `rundll32') },
      },
      {
        title: 'a lookup that the search writes itself',
        files: {
          [base.rba]: edit('| `rundll32', '| outputlookup seen_hosts | lookup seen_hosts dest | `rundll32'),
        },
      },
      {
        title: 'a lookup of Enterprise Security',
        files: { [base.rba]: edit('| `rundll32', '| lookup asset_lookup_by_str key as dest | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'a name that differs by a letter',
        files: { [base.rba]: edit('lookup known_tools', 'lookup known_tool') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:12:64: unknown lookup "known_tool"'],
      },
    ],
  },
  search({ analysis, locate, owner }, report, { hasLookup, lookupNames, isUnreadable }) {
    const written = new Set(analysis.lookups.filter((use) => use.writes).map((use) => use.name));
    for (const { name, span, writes } of analysis.lookups) {
      if (writes || isUncertain(name) || written.has(name) || ofOtherApps.test(name) || hasLookup(name))
        continue;
      // A definition with errors explains why its name is not known.
      if (isUnreadable('lookup', name.replace(/\.\w+$/, ''))) continue;
      const { place, notes } = locate(span);
      const meant = nearest(name, lookupNames());
      // Tools of the older dialects looked for few of the lookups that a search calls.
      const isOlder = owner.dialect === '2022' || owner.dialect === '4.x';
      report(place, `unknown lookup "${name}"`, {
        help: meant === undefined ? undefined : `did you mean "${meant}"?`,
        notes,
        ...(isOlder && !isSlip(name, meant) ? { severity: 'warning' as const } : {}),
      });
    }
  },
});

// Lookups of the Common Information Model, Enterprise Security, URL Toolbox and other add-ons that content builds on.
const ofOtherApps =
  /^(?:cim_\w+|asset_lookup_\w+|asn_lookup_by_cidr|identity_lookup_expanded|simple_identity_lookup|mitre_attack_lookup|interesting_(?:ports|processes|services)_lookup|alexa_lookup_by_str|ut_\w+_lookup|admon_groups_def|urgency_lookup|geo_(?:us_states|countries|attr_\w+)|dnslookup|\w+_intel|security_domains|correlationsearches_lookup|incident_review_lookup|notable_xref_lookup|known_devices_public_ip_filter)(?:\.csv)?$/;
