// What machines compare holds no characters that nobody sees.
import type { ContentObject, Path } from '../content/model.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const invisibleCharacter = defineRule({
  code: 'invisible-character',
  severity: 'warning',
  summary: 'Names, searches and source types hold no characters without a shape and no foreign blanks.',
  source: 'Unicode, general categories Cf, Zl, Zp and Zs; never checked by contentctl',
  docs:
    'Text from a web page or a chat may bring zero-width characters, marks of direction and no-break blanks. They look ' +
    'like nothing or like a blank, and yet no event and no name matches.',
  examples: {
    pass: [
      {
        title: 'a no-break blank in prose',
        files: { [base.rba]: edit('description: ', 'description: A\u00a0') },
      },
    ],
    fail: [
      {
        title: 'a no-break blank in a search',
        files: { [base.rba]: edit('by dest user', 'by dest\u00a0user') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:13:48: invisible character U+00A0'],
      },
      {
        title: 'a zero-width blank in a source type',
        files: { [base.rba]: edit('sourcetype: Xml', 'sourcetype: Xml\u200b') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:60:20: invisible character U+200B'],
      },
    ],
  },
  content(object, report) {
    for (const [path, text] of comparedTexts(object)) {
      const found = text === undefined ? null : invisible.exec(text);
      if (found === null) continue;
      const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      const span = { start: found.index, end: found.index + 1 };
      report(object.at.span(path, span), `invisible character U+${code}`);
    }
  },
});

const invisible =
  /[\u0085\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]/;

type Compared = readonly [path: Path, text: string | undefined];

function* comparedTexts(object: ContentObject): Iterable<Compared> {
  yield [['name'], object.name];
  switch (object.kind) {
    case 'detection':
      yield [['search'], object.search];
      for (const [index, { search }] of object.drilldowns.entries())
        yield [['drilldowns', index, 'search'], search];
      for (const [index, { attackData }] of object.tests.entries())
        for (const [part, { data, source, sourcetype }] of attackData.entries()) {
          const path = ['tests', index, 'attackData', part];
          yield [[...path, 'data'], data];
          yield [[...path, 'source'], source];
          yield [[...path, 'sourcetype'], sourcetype];
        }
      break;
    case 'baseline':
    case 'investigation':
      yield [['search'], object.search];
      break;
    case 'macro':
      yield [['definition'], object.definition];
      break;
    case 'dataSource':
      yield [['source'], object.source];
      yield [['sourcetype'], object.sourcetype];
      yield [['separator'], object.separator];
      break;
    case 'lookup':
      yield [['defaultMatch'], object.defaultMatch];
      for (const [index, field] of object.fields.entries()) yield [['fields', index], field];
      break;
    default:
  }
}
