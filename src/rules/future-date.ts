// Days of creation and change are not in the future.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const futureDate = defineRule({
  code: 'future-date',
  severity: 'error',
  summary: 'Dates are not after today.',
  source: 'contentctl 5.6: dates are not after today in UTC',
  docs: 'A date is when the content was made or changed; a later one is a slip of the keyboard.',
  examples: {
    pass: [{ title: 'today', files: { [base.oldest]: edit('2022-05-06', '2026-11-25') } }],
    fail: [
      {
        title: 'tomorrow',
        files: { [base.oldest]: edit('2022-05-06', '2026-11-26') },
        found: ['detections/web/long_urls.yml:4:7: date "2026-11-26" lies in the future'],
      },
    ],
  },
  content(object, report, { isFuture }) {
    const seen = new Set<number>();
    for (const [key, day] of [
      ['creationDate', object.creationDate],
      ['modificationDate', object.modificationDate],
    ] as const) {
      if (day === undefined || !isFuture(day)) continue;
      const place = object.at.value([key]);
      if (seen.has(place.line)) continue;
      seen.add(place.line);
      report(place, `date "${day}" lies in the future`);
    }
  },
});
