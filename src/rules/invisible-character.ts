// What machines compare holds no characters that nobody sees.
import type { ContentObject, Detection, Path } from '../content/model.js';
import { control, invisible } from './characters.js';
import { base, edit } from './example.js';
import { defineRule, type Report } from './rule.js';

export const invisibleCharacter = defineRule({
  code: 'invisible-character',
  severity: 'warning',
  summary:
    'Names, searches and source types hold no characters without a shape, no foreign blanks and none at their ends; no text holds control characters.',
  source: 'Unicode, general categories Cf, Zl, Zp and Zs; never checked by contentctl',
  docs:
    'Text from a web page or a chat may bring zero-width characters, marks of direction and no-break blanks. They look ' +
    'like nothing or like a blank, and yet no event and no name matches. In double quotes YAML reads a backslash with the ' +
    'letter behind it: `"\\bin"` begins with a backspace; single quotes or `\\\\` keep the backslash.',
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
      {
        title: 'a blank behind a source type',
        files: { [base.rba]: edit('sourcetype: XmlWinEventLog', "sourcetype: 'XmlWinEventLog '") },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:60:32: "XmlWinEventLog " ends with a blank',
        ],
      },
      {
        title: 'a backspace in prose',
        files: { [base.rba]: edit('description: ', 'description: "\\bA path"\nexplanation: ') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:8:15: control character U+0008'],
      },
    ],
  },
  content(object, report) {
    for (const [path, text, isName] of comparedTexts(object)) {
      if (text === undefined) continue;
      const found = invisible.exec(text);
      if (found !== null) report(object.at.span(path, spanOf(found)), `invisible character ${codeOf(found)}`);
      else if (isName === 'name') checkEnds(object, path, text, report);
    }
    for (const [path, text] of proseOf(object)) {
      const found = text === undefined ? null : control.exec(text);
      if (found !== null) report(object.at.span(path, spanOf(found)), `control character ${codeOf(found)}`);
    }
  },
});

function checkEnds(object: ContentObject, path: Path, text: string, report: Report): void {
  const blank = /^[ \t]+(?=\S)|(?<=\S)[ \t]+$/.exec(text);
  if (blank === null) return;
  const side = blank.index === 0 ? 'begins' : 'ends';
  report(object.at.span(path, spanOf(blank)), `"${text}" ${side} with a blank`);
}

const spanOf = ({ index, 0: found }: RegExpExecArray) => ({ start: index, end: index + found.length });

function codeOf([found]: RegExpExecArray): string {
  return `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text that machines compare; a `name` is compared as a whole, blanks at its ends too. */
type Compared = readonly [path: Path, text: string | undefined, isName?: 'name'];

function* comparedTexts(object: ContentObject): Iterable<Compared> {
  yield [['name'], object.name];
  if ('tags' in object && object.kind !== 'deployment') {
    yield* links(['tags', 'analyticStories'], object.tags.analyticStories);
    yield* names(['tags', 'throttling', 'fields'], object.tags.throttling?.fields);
  }
  switch (object.kind) {
    case 'detection':
      yield* detectionTexts(object);
      break;
    case 'baseline':
      yield* links(['detections'], object.detections);
      yield [['search'], object.search];
      break;
    case 'investigation':
      yield [['search'], object.search];
      break;
    case 'macro':
      yield* names(['arguments'], object.arguments);
      yield [['definition'], object.definition];
      break;
    case 'dataSource':
      yield [['source'], object.source, 'name'];
      yield [['sourcetype'], object.sourcetype, 'name'];
      yield [['separator'], object.separator, 'name'];
      yield* names(['fields'], object.fields);
      yield* names(['outputFields'], object.outputFields);
      break;
    case 'lookup':
      yield [['defaultMatch'], object.defaultMatch];
      yield [['collection'], object.collection, 'name'];
      yield* names(['fields'], object.fields);
      break;
    default:
  }
}

/** Names of other objects: where they lead nowhere for a blank at an end, that is told. */
function* links(path: Path, texts: readonly string[]): Iterable<Compared> {
  for (const [index, text] of texts.entries()) yield [[...path, index], text];
}

function* names(path: Path, texts: readonly string[] | undefined): Iterable<Compared> {
  for (const [index, text] of (texts ?? []).entries()) yield [[...path, index], text, 'name'];
}

function* detectionTexts(detection: Detection): Iterable<Compared> {
  yield [['search'], detection.search];
  yield* links(['dataSources'], detection.dataSources);
  for (const [index, { search }] of detection.drilldowns.entries())
    yield [['drilldowns', index, 'search'], search];
  for (const list of ['riskObjects', 'threatObjects'] as const)
    for (const [index, { field }] of (detection.risk?.[list] ?? []).entries())
      yield [['risk', list, index, 'field'], field, 'name'];
  for (const [index, { attackData }] of detection.tests.entries())
    for (const [part, { data, source, sourcetype }] of attackData.entries()) {
      const path = ['tests', index, 'attackData', part];
      yield [[...path, 'data'], data, 'name'];
      yield [[...path, 'source'], source, 'name'];
      yield [[...path, 'sourcetype'], sourcetype, 'name'];
    }
}

/** What people read. */
function* proseOf(object: ContentObject): Iterable<Compared> {
  yield [['author'], object.author];
  yield [['description'], object.description];
  if ('howToImplement' in object) yield [['howToImplement'], object.howToImplement];
  if ('knownFalsePositives' in object) yield [['knownFalsePositives'], object.knownFalsePositives];
  switch (object.kind) {
    case 'detection':
      yield [['explanation'], object.explanation];
      yield [['risk', 'message'], object.risk?.message];
      yield [['finding', 'title'], object.finding?.title];
      for (const [index, { name }] of object.drilldowns.entries())
        yield [['drilldowns', index, 'name'], name];
      for (const [index, { name }] of object.tests.entries()) yield [['tests', index, 'name'], name];
      break;
    case 'story':
      yield [['narrative'], object.narrative];
      break;
    case 'deployment':
      yield [['alertAction', 'notable', 'ruleTitle'], object.alertAction.notable?.ruleTitle];
      yield [['alertAction', 'notable', 'ruleDescription'], object.alertAction.notable?.ruleDescription];
      break;
    default:
  }
}
