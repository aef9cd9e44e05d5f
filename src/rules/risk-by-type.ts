// Which kinds of detection raise findings and risk.
import { isRaw } from '../content/read/fields.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';
import { isWritten } from './written-key.js';

export const riskByType = defineRule({
  code: 'risk-by-type',
  severity: 'error',
  summary: 'A detection carries risk or findings exactly where its type and deployment use them.',
  source:
    'contentctl 5.6: rba iff the deployment has rba.enabled; ESCU 6: finding for TTP and Correlation, intermediate findings for TTP and Anomaly, nothing for Hunting',
  docs:
    'Risk of a detection whose deployment does not use it would silently never be written, and a deployment that ' +
    'writes risk needs risk objects.',
  examples: {
    pass: [{ title: 'risk where the deployment uses it', files: {} }],
    fail: [
      {
        title: 'a TTP without rba',
        files: { [base.rba]: (text) => text.replace(/rba:[\s\S]*?(?=tags:)/, '') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:7:7: TTP detection needs rba, for its deployment "ESCU Default Configuration TTP" uses it',
        ],
      },
      {
        title: 'a hunt with rba',
        files: {
          [base.rba]: edit('type: TTP', 'type: Hunting'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:28:1: Hunting detection has rba, but its deployment "ESCU Default Configuration Hunting" does not use it',
        ],
      },
      {
        title: 'an anomaly with a finding',
        files: { [base.findings]: edit('type: TTP', 'type: Anomaly') },
        found: [
          'detections/endpoint/shell_spawned_by_office.yml:31:1: Anomaly detection cannot have finding',
        ],
      },
      {
        title: 'a TTP without finding',
        files: { [base.findings]: (text) => text.replace(/finding:[\s\S]*?(?=intermediate)/, '') },
        found: ['detections/endpoint/shell_spawned_by_office.yml:8:7: TTP detection needs finding'],
      },
    ],
  },
  detection(detection, report, context) {
    const { type, at } = detection;
    const has = {
      finding: detection.finding !== undefined,
      intermediate_findings: detection.intermediateFindings.length > 0,
      threat_objects: (detection.risk?.threatObjects.length ?? 0) > 0,
    };
    const demands = findings.get(type);
    if (detection.dialect === 'escu6' && demands !== undefined && !isRba(detection.risk, has)) {
      for (const key of ['finding', 'intermediate_findings', 'threat_objects'] as const) {
        const path =
          key === 'finding'
            ? 'finding'
            : key === 'threat_objects'
              ? 'threat_objects'
              : 'intermediateFindings';
        if (has[key] && demands[key] === 'never')
          report(at.key([path]), `${type} detection cannot have ${key}`);
        else if (!has[key] && demands[key] === 'always' && !isWritten(context.raw(detection), key))
          report(at.value(['type']), `${type} detection needs ${key}`);
      }
      return;
    }
    // Without tags, which the schema misses, nobody knows whether the risk stands in them.
    const raw = context.raw(detection);
    if (detection.dialect !== '5.x' || !isRaw(raw['tags'])) return;
    const deployment =
      detection.deployment ?? context.repository.deployments.find((candidate) => candidate.type === type);
    if (deployment === undefined || context.isFaulty(deployment.file)) return;
    const uses = deployment.alertAction.rbaEnabled;
    const whose = `its deployment "${deployment.name || 'deployment'}"`;
    if (uses && detection.risk === undefined && !isWritten(raw, 'rba'))
      report(at.value(['type']), `${type} detection needs rba, for ${whose} uses it`);
    else if (!uses && detection.risk !== undefined) {
      report(at.key(['rba']), `${type} detection has rba, but ${whose} does not use it`);
    }
  },
});

type Demand = 'always' | 'may' | 'never';
const findings: ReadonlyMap<
  string,
  Record<'finding' | 'intermediate_findings' | 'threat_objects', Demand>
> = new Map([
  ['TTP', { finding: 'always', intermediate_findings: 'may', threat_objects: 'may' }],
  ['Anomaly', { finding: 'never', intermediate_findings: 'always', threat_objects: 'may' }],
  ['Correlation', { finding: 'always', intermediate_findings: 'never', threat_objects: 'may' }],
  ['Hunting', { finding: 'never', intermediate_findings: 'never', threat_objects: 'never' }],
]);

/** Whether the risk of a file is written in the older form, although its dates are the newer ones. */
function isRba(risk: object | undefined, has: { finding: boolean; intermediate_findings: boolean }): boolean {
  return risk !== undefined && !has.finding && !has.intermediate_findings;
}
