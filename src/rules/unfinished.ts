// No text is left that the scaffold of a new file wants replaced.
import { wholeOf } from '../content/late-members.js';
import type { Path } from '../content/model.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

const mark = '__UPDATE__';

export const unfinished = defineRule({
  code: 'unfinished',
  severity: 'error',
  summary: 'Texts of the scaffold, marked with __UPDATE__, are replaced.',
  source: 'contentctl 5.6: files with __UPDATE__ are refused',
  docs: '`detc new` and contentctl write `__UPDATE__` where the author has something to fill in.',
  examples: {
    pass: [{ title: 'texts without the mark', files: {} }],
    fail: [
      {
        title: 'a description that was not written',
        files: { [base.oldest]: edit('Tracking pixels.', '__UPDATE__ what else it finds') },
        found: ['detections/web/long_urls.yml:13:24: "__UPDATE__" is still to be replaced'],
      },
    ],
  },
  content(object, report, context) {
    if (!context.text(object.file).includes(mark)) return;
    const visit = (value: unknown, path: Path): void => {
      if (typeof value === 'string') {
        const start = value.indexOf(mark);
        if (start !== -1) {
          report(
            object.at.span(path, { start, end: start + mark.length }),
            `"${mark}" is still to be replaced`,
          );
        }
      } else if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) visit(item, [...path, index]);
      } else if (typeof value === 'object' && value !== null && value !== object.at) {
        for (const [key, item] of Object.entries(value)) if (key !== 'raw') visit(item, [...path, key]);
      }
    };
    visit(wholeOf(object), []);
  },
});
