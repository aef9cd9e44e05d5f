// Data of tests comes from where data sources say.
import type { ContentObject, Path } from '../content/model.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownOrigin = defineRule({
  code: 'unknown-origin',
  severity: 'warning',
  summary: 'The source and source type of test data are those of a data source, where they are nearly that.',
  source:
    'Splunk, props.conf: knowledge is found by the exact source or source type; contentctl looks at neither',
  docs:
    'With a letter wrong no add-on knows the events, and the test finds nothing. Names that are like none in ' +
    'data_sources/ are left alone.',
  examples: {
    pass: [
      {
        title: 'another source type',
        files: { [base.rba]: edit('sourcetype: XmlWinEventLog', 'sourcetype: my:log') },
      },
      {
        title: 'in small letters',
        files: { [base.rba]: edit('sourcetype: XmlWinEventLog', 'sourcetype: xmlwineventlog') },
      },
    ],
    fail: [
      {
        title: 'two letters that changed places',
        files: { [base.rba]: edit('sourcetype: XmlWinEventLog', 'sourcetype: XmlWinEvnetLog') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:60:17: no data source has the sourcetype "XmlWinEvnetLog"',
        ],
      },
    ],
  },
  content(object, report, context) {
    for (const [path, kind, name] of originsOf(object)) {
      const near = name.length < 6 ? undefined : context.nearOrigin(kind, name);
      if (near === undefined || digitsOf(near) !== digitsOf(name)) continue;
      report(object.at.value(path), `no data source has the ${kind} "${name}"`, {
        help: `did you mean "${near}"?`,
      });
    }
  },
});

function* originsOf(object: ContentObject): Iterable<readonly [Path, 'source' | 'sourcetype', string]> {
  if (object.kind !== 'detection') return;
  for (const [test, { attackData }] of object.tests.entries())
    for (const [index, { source, sourcetype }] of attackData.entries()) {
      const path: Path = ['tests', test, 'attackData', index];
      if (source !== undefined) yield [[...path, 'source'], 'source', source];
      if (sourcetype !== undefined) yield [[...path, 'sourcetype'], 'sourcetype', sourcetype];
    }
}

/** Names that differ in a number are of different things. */
const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');
