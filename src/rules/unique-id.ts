// Ids are unique over all kinds of content.
import type { ContentObject } from '../content/model.js';
import { allObjects } from './context.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';
import { Unique } from './unique.js';

const unique = new Unique();

export const uniqueId = defineRule({
  code: 'unique-id',
  severity: 'error',
  summary: 'An id is used by one object only, whatever its kind.',
  source: 'contentctl: ids are unique over all kinds of content',
  docs:
    'Enterprise Security tells versions of a detection apart by its id. A file that was copied to start a new ' +
    'detection needs an id of its own; `detc new` makes one.',
  examples: {
    pass: [{ title: 'different ids', files: {} }],
    fail: [
      {
        title: 'a copied id, in another case',
        files: {
          [base.oldest]: edit('5f1c1e0a-0a77-4d53-9d0e-6a6f7d2d8a04', '5F1C1E0A-0a77-4d53-9d0e-6a6f7d2d8a01'),
        },
        found: [
          'detections/web/long_urls.yml:2:5: id "5F1C1E0A-0a77-4d53-9d0e-6a6f7d2d8a01" is already used in detections/endpoint/rundll32_without_arguments.yml:2',
        ],
      },
    ],
  },
  repository(repository, report) {
    const objects = allObjects(repository);
    if (
      unique.holds(
        objects.flatMap(({ id }) => (id === undefined || id === '' ? [] : id)),
        true,
      )
    )
      return;
    const first = new Map<string, ContentObject>();
    for (const object of objects) {
      if (object.id === undefined || object.id === '') continue;
      const id = object.id.toLowerCase();
      const earlier = first.get(id);
      if (earlier === undefined) {
        first.set(id, object);
        continue;
      }
      const place = earlier.at.value(['id']);
      report(object.at.value(['id']), `id "${object.id}" is already used in ${place.file}:${place.line}`, {
        notes: [{ message: 'the id stands first here', place }],
      });
    }
  },
});
