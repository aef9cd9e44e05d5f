// Addresses are addresses to their end.
import type { ContentObject, Path } from '../content/model.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const brokenUrl = defineRule({
  code: 'broken-url',
  severity: 'warning',
  summary: 'The address of a reference, of data or of an add-on has no blank in it.',
  source: 'RFC 3986: a URL has no blanks; contentctl takes what begins like one',
  docs: 'Two addresses stand in one entry, or words were left behind one. A blank that belongs to it is written %20.',
  examples: {
    pass: [
      {
        title: 'a blank that is written as RFC 3986 has it',
        files: { [base.rba]: edit('T1218/011/', 'T1218%20011/') },
      },
    ],
    fail: [
      {
        title: 'words behind a reference',
        files: { [base.rba]: edit('T1218/011/', 'T1218/011/ by MITRE') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:18:49: blank in the address "https://attack.mitre.org/techniques/T1218/011/ by MITRE"',
        ],
      },
    ],
  },
  content(object, report) {
    for (const [path, text] of addressesOf(object)) {
      if (!/^https?:\/\//.test(text)) continue;
      const found = /\s+/.exec(text.trimEnd());
      if (found === null) continue;
      const span = { start: found.index, end: found.index + found[0].length };
      report(object.at.span(path, span), `blank in the address "${text}"`);
    }
  },
});

function* addressesOf(object: ContentObject): Iterable<readonly [Path, string]> {
  for (const [index, text] of object.references.entries()) yield [['references', index], text];
  if (object.kind === 'dataSource')
    for (const [index, { url = '' }] of object.supportedTA.entries())
      yield [['supportedTA', index, 'url'], url];
  if (object.kind !== 'detection') return;
  for (const [index, text] of object.tags.datasets.entries()) yield [['tags', 'datasets', index], text];
  for (const [test, { attackData }] of object.tests.entries())
    for (const [index, { data }] of attackData.entries())
      yield [['tests', test, 'attackData', index, 'data'], data];
}
