// Names are unique over all kinds of content.
import type { ContentObject } from '../content/model.js';
import { isBehavioral } from '../output/behavioral.js';
import { allObjects } from './context.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';
import { Unique } from './unique.js';

const unique = new Unique();

export const uniqueName = defineRule({
  code: 'unique-name',
  severity: 'error',
  summary: 'A name is used by one object only, whatever its kind.',
  source: 'contentctl: names are unique over all kinds of content, case counts',
  docs:
    'Other content refers to an object by its name, and stanzas of the app are named after it: of two objects with one ' +
    'name the later would silently replace the earlier. Rename one of them.',
  examples: {
    pass: [{ title: 'different names', files: {} }],
    fail: [
      {
        title: 'a story with the name of a detection',
        files: {
          'stories/cloud_account_takeover.yml': edit('Cloud Account Takeover', 'Long URLs'),
          [base.observables]: null,
        },
        found: [
          'stories/cloud_account_takeover.yml:1:7: name "Long URLs" is already used in detections/web/long_urls.yml:1',
        ],
      },
    ],
  },
  repository(repository, report) {
    const named = allObjects(repository).filter((object) => object.name !== '' && !isBehavioral(object));
    if (unique.holds(named.map(({ name }) => name))) return;
    const first = new Map<string, ContentObject>();
    for (const object of named) {
      const earlier = first.get(object.name);
      if (earlier === undefined) {
        first.set(object.name, object);
        continue;
      }
      const place = earlier.at.value(['name']);
      // Splunk keeps macros and lookups apart, and in 2022 the tools did so too.
      const kinds = [earlier, object].map(({ kind, dialect }) => (dialect === '2022' ? kind : ''));
      const apart = kinds.includes('macro') && kinds.includes('lookup');
      report(
        object.at.value(['name']),
        `name "${object.name}" is already used in ${place.file}:${place.line}`,
        {
          notes: [{ message: `"${object.name}" stands first here`, place }],
          ...(apart ? { severity: 'warning' as const } : {}),
        },
      );
    }
  },
});
