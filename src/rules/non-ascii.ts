// Content is written in ASCII.
import { LineIndex } from '../diagnostic/line-index.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const nonAscii = defineRule({
  code: 'non-ascii',
  severity: 'off',
  summary: 'A file holds only ASCII characters.',
  source: 'policy of repositories whose tools or readers know no other characters',
  docs:
    'Quotes, dashes and blanks that a word processor made look like those of the keyboard and are others: in a search ' +
    'they match nothing. Once a line is reported.',
  examples: {
    pass: [{ title: 'ASCII', files: {} }],
    fail: [
      {
        title: 'a dash of a word processor',
        files: {
          [base.rba]: edit('description: ', 'description: \u2013 '),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:8:14: character "\u2013" (U+2013) is not ASCII',
        ],
      },
    ],
  },
  content(object, report, context) {
    const text = context.text(object.file);
    if (/^[\x00-\x7f]*$/.test(text)) return;
    const index = new LineIndex(text);
    let lastLine = 0;
    for (const { index: start, 0: found } of text.matchAll(/[^\x00-\x7f]/gu)) {
      const place = index.place(object.file, { start, end: start + found.length });
      if (place.line === lastLine) continue;
      lastLine = place.line;
      const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      report(place, `character "${found}" (U+${code}) is not ASCII`);
    }
  },
});
