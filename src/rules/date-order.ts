// Content is not changed before it is made.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const dateOrder = defineRule({
  code: 'date-order',
  severity: 'error',
  summary: 'A modification_date is not before its creation_date.',
  source: 'contentctl-ng: modification_date is creation_date or later',
  docs: 'The two dates were probably swapped, or one of them was copied from another file.',
  examples: {
    pass: [{ title: 'unchanged since', files: {} }],
    fail: [
      {
        title: 'changed before it was there',
        files: {
          [base.findings]: edit("modification_date: '2026-05-13'", "modification_date: '2020-05-13'"),
        },
        found: [
          'detections/endpoint/shell_spawned_by_office.yml:5:20: modification_date "2020-05-13" is before creation_date "2025-01-02"',
        ],
      },
    ],
  },
  content({ creationDate, modificationDate, at }, report, { isFuture }) {
    if (creationDate === undefined || modificationDate === undefined) return;
    // A day to come is what is wrong, and told as such.
    if (isFuture(creationDate)) return;
    if (!day.test(creationDate) || !day.test(modificationDate) || modificationDate >= creationDate) return;
    report(
      at.value(['modificationDate']),
      `modification_date "${modificationDate}" is before creation_date "${creationDate}"`,
    );
  },
});

const day = /^\d{4}-\d\d-\d\d$/;
