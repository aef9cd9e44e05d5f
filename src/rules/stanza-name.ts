// Names can be stanzas of a conf file and are short enough for the app.
import type { ContentObject } from '../content/model.js';
import { isBehavioral } from '../output/behavioral.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

const longestStanza = 81;
const longestRule = 99;

export const stanzaName = defineRule({
  code: 'stanza-name',
  severity: 'error',
  summary: 'A name fits into the stanza that is made of it.',
  source:
    'contentctl: stanzas have at most 81 characters, `<domain> - <stanza> - Rule` at most 99; savedsearches.conf.spec',
  docs:
    'The stanza of a detection is `<label> - <name> - Rule`. Enterprise Security refuses longer ones, and a line break ' +
    'would end the heading of the stanza. A heading runs to its last "]", so that Splunk takes a name with one, but ' +
    'other tools end it at the first: that is a warning. Shorten or change the name.',
  examples: {
    pass: [{ title: 'short names', files: {} }],
    fail: [
      {
        title: 'a long name',
        files: {
          [base.oldest]: edit(
            'Long URLs',
            'Long URLs That Are Requested From Hosts Nobody Has Ever Heard Of Before',
          ),
        },
        found: [
          'detections/web/long_urls.yml:1:7: stanza "EXA - Long URLs That Are Requested From Hosts Nobody Has Ever Heard Of Before - Rule" has 84 characters, at most 81 are allowed',
        ],
      },
      {
        title: 'a bracket',
        files: {
          'stories/living_off_the_land.yml': edit('name: Living Off The Land', 'name: Living [Off The Land]'),
        },
        found: [
          'stories/living_off_the_land.yml:1:7: name "Living [Off The Land]" contains "]", at which some tools end a stanza\'s heading',
        ],
      },
    ],
  },
  content(object, report, { repository }) {
    const { name } = object;
    if (/[\n\r]/.test(name))
      report(
        object.at.value(['name']),
        `name "${name}" contains a line break, which ends a stanza's heading`,
      );
    else if (name.includes(']'))
      report(
        object.at.value(['name']),
        `name "${name}" contains "]", at which some tools end a stanza's heading`,
        { severity: 'warning' },
      );
    const stanza = stanzaOf(object, repository.app.label);
    if (stanza === undefined || name === '' || isBehavioral(object)) return;
    const length = [...stanza].length;
    if (length > longestStanza) {
      report(
        object.at.value(['name']),
        `stanza "${stanza}" has ${length} characters, at most ${longestStanza} are allowed`,
      );
      return;
    }
    const domain = object.kind === 'detection' ? object.tags.securityDomain : undefined;
    const full = domain === undefined ? 0 : [...`${domain} - ${stanza} - Rule`].length;
    if (full > longestRule) {
      const message = `"${domain} - ${stanza} - Rule" has ${full} characters, at most ${longestRule} are allowed`;
      report(object.at.value(['name']), message);
    }
  },
});

function stanzaOf(object: ContentObject, label: string): string | undefined {
  switch (object.kind) {
    case 'detection':
      return `${label} - ${object.name} - Rule`;
    case 'investigation':
      return `${label} - ${object.name} - Response Task`;
    case 'baseline':
      return `${label} - ${object.name}`;
    default:
      return undefined;
  }
}
