// Texts of notables only name fields that the detection has.
import { edit } from './example.js';
import { defineRule } from './rule.js';

/** Names that stand for parts of the detection; those of its tags count as well. */
const known = new Set(
  (
    'name id version date creation_date modification_date author status type description search how_to_implement ' +
    'known_false_positives references data_source explanation analytic_story asset_type mitre_attack_id product ' +
    'security_domain cve nist cis20 kill_chain_phases message confidence impact risk_score risk_severity observable ' +
    'required_fields atomic_guid group category original_detection_search'
  ).split(' '),
);

export const deploymentText = defineRule({
  code: 'deployment-text',
  severity: 'error',
  summary: 'Every %field% in the notable of a deployment is a key of detections or of their tags.',
  source: 'contentctl: %field% of rule_title and rule_description must exist when the app is built',
  docs: 'Splunk shows what is not replaced as it is written. A single "%" needs no care.',
  examples: {
    pass: [
      {
        title: 'a percentage',
        files: {
          'deployments/escu_default_configuration_ttp.yml': edit(
            "'%description%'",
            '100% sure, 50% off %description%',
          ),
        },
      },
    ],
    fail: [
      {
        title: 'a field that there is not',
        files: {
          'deployments/escu_default_configuration_ttp.yml': edit("'%description%'", "'%descripton%'"),
        },
        found: ['deployments/escu_default_configuration_ttp.yml:13:24: unknown field "%descripton%"'],
      },
    ],
  },
  content(object, report) {
    const deployment =
      object.kind === 'deployment' ? object : 'deployment' in object ? object.deployment : undefined;
    const notable = deployment?.alertAction.notable;
    if (deployment === undefined || notable === undefined) return;
    for (const key of ['ruleDescription', 'ruleTitle'] as const) {
      for (const match of notable[key].matchAll(/%([a-z][a-z_0-9]*)%/g)) {
        if (known.has(match[1] ?? '')) continue;
        const span = { start: match.index, end: match.index + match[0].length };
        report(deployment.at.span(['alertAction', 'notable', key], span), `unknown field "${match[0]}"`);
      }
    }
  },
});
