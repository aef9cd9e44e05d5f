// Fields of risk objects, threat objects and messages occur in the search.

import { isSlip } from '../diagnostic/did-you-mean.js';
import { base, edit } from './example.js';
import { contains } from './like-names.js';
import { defineRule } from './rule.js';
import { wordsOf } from './word-index.js';

export const riskField = defineRule({
  code: 'risk-field',
  severity: 'error',
  summary:
    'In production every risk and threat field, and every $field$ of a risk message, occurs in the search.',
  source: 'contentctl: risk fields and message fields occur in the search, in any case',
  docs: 'A field that no result has leaves the risk event without its object, and the message with a hole.',
  examples: {
    pass: [
      {
        title: 'a token that names no field',
        files: { [base.rba]: edit('$process_name$ ran', '$5 and $process_name$ ran') },
      },
    ],
    fail: [
      {
        title: 'a risk object',
        files: { [base.rba]: edit('- field: user\n', '- field: usr\n') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:34:12: risk field "usr" does not occur in the search',
        ],
      },
      {
        title: 'a field of the message',
        files: { [base.rba]: edit('on $dest$', 'on $host$') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:29:52: field "$host$" of the message does not occur in the search',
        ],
      },
      {
        title: 'an observable',
        files: { [base.observables]: edit('- name: src', '- name: source_address') },
        found: [
          'detections/cloud/console_login_from_new_country.yml:40:11: threat field "source_address" does not occur in the search',
        ],
      },
      {
        title: 'the title of a finding',
        files: { [base.findings]: edit('on $dest$', 'on $hostname$') },
        found: [
          'detections/endpoint/shell_spawned_by_office.yml:32:60: field "$hostname$" of the message does not occur in the search',
        ],
      },
    ],
  },
  detection(detection, report) {
    const { risk, at } = detection;
    if (detection.status !== 'production' || risk === undefined || detection.search.trim() === '') return;
    const search = detection.search.toLowerCase();
    const occurs = (field: string): boolean => search.includes(field.toLowerCase());
    const words = wordsOf(detection.search);
    const helpFor = (field: string): { help?: string } => {
      const meant = [...words].find((word) => isSlip(field, word) || contains(field, word));
      return meant === undefined ? {} : { help: `did you mean "${meant}"?` };
    };
    const severity =
      detection.dialect === '2022' || detection.type === 'Hunting' ? { severity: 'warning' as const } : {};
    for (const [index, { field }] of risk.riskObjects.entries()) {
      if (field === '' || occurs(field)) continue;
      report(
        at.value(['risk', 'riskObjects', index, 'field']),
        `risk field "${field}" does not occur in the search`,
        { ...severity, ...helpFor(field) },
      );
    }
    for (const [index, { field }] of risk.threatObjects.entries()) {
      if (field === '' || occurs(field)) continue;
      report(
        at.value(['risk', 'threatObjects', index, 'field']),
        `threat field "${field}" does not occur in the search`,
        { ...severity, ...helpFor(field) },
      );
    }
    const messages = [
      [
        ['risk', 'message'],
        detection.intermediateFindings.length > 0 && detection.finding === undefined
          ? ''
          : (risk.message ?? ''),
      ],
      ...detection.intermediateFindings.map(
        ({ message }, index) => [['intermediateFindings', index, 'message'], message ?? ''] as const,
      ),
    ] as const;
    for (const [path, message] of messages) {
      for (const match of message.matchAll(/\$([^\s.$]+)\$/g)) {
        if (occurs(match[1] ?? '')) continue;
        const span = { start: match.index, end: match.index + match[0].length };
        report(at.span([...path], span), `field "${match[0]}" of the message does not occur in the search`, {
          ...severity,
          ...helpFor(match[1] ?? ''),
        });
      }
    }
  },
});
