// What is described is described in words.
import { edit } from './example.js';
import { defineRule } from './rule.js';

export const emptyDescription = defineRule({
  code: 'empty-description',
  severity: 'warning',
  summary: 'A description that is there says something.',
  source: 'contentctl takes an empty description, and pages and Splunk show none',
  docs: 'Say in a sentence what it is for. Where a description may be left out, take the key out.',
  examples: {
    pass: [{ title: 'all are described', files: {} }],
    fail: [
      {
        title: 'an empty one',
        files: { 'macros/sysmon.yml': edit('description: Where Sysmon events lie.', "description: ''") },
        found: ['macros/sysmon.yml:2:14: description is empty'],
      },
    ],
  },
  content(object, report, { raw }) {
    if (object.description?.trim() !== '') return;
    const written = raw(object)['description'];
    if (typeof written === 'string' && written.trim() === '')
      report(object.at.value(['description']), 'description is empty');
  },
});
