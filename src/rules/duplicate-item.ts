// Lists name each thing once.
import type { ContentObject, Path } from '../content/model.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const duplicateItem = defineRule({
  code: 'duplicate-item',
  severity: 'warning',
  summary: 'References, techniques, stories, products and sources are listed once each.',
  source: 'contentctl 5.6: no story twice; the other lists were never looked at',
  docs: 'A repeated item is left over from an edit. Take the second one out.',
  examples: {
    pass: [{ title: 'different items', files: {} }],
    fail: [
      {
        title: 'a reference twice',
        files: {
          [base.rba]: edit(
            'references:\n',
            'references:\n- https://attack.mitre.org/techniques/T1218/011/\n',
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:19:3: "https://attack.mitre.org/techniques/T1218/011/" is listed twice',
        ],
      },
      {
        title: 'a test name twice',
        files: {
          [base.rba]: (text) => text + text.slice(text.indexOf('- name: True Positive')),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:61:9: "True Positive Test" is listed twice',
        ],
      },
    ],
  },
  content(object, report) {
    for (const [path, items] of listsOf(object)) {
      const seen = new Set<string>();
      for (const [index, item] of items.entries()) {
        if (seen.has(item) && item !== '')
          report(object.at.value([...path(index)]), `"${item}" is listed twice`);
        seen.add(item);
      }
    }
  },
});

type List = readonly [path: (index: number) => Path, items: readonly string[]];

function* listsOf(object: ContentObject): Iterable<List> {
  const plain =
    (...path: Path): ((index: number) => Path) =>
    (index) => [...path, index];
  yield [plain('references'), object.references];
  if ('tags' in object && object.kind !== 'deployment') {
    const { tags } = object;
    yield [plain('tags', 'analyticStories'), tags.analyticStories];
    yield [plain('tags', 'mitreAttackIds'), tags.mitreAttackIds];
    yield [plain('tags', 'products'), tags.products];
    yield [plain('tags', 'cves'), tags.cves];
    yield [plain('tags', 'atomicGuids'), tags.atomicGuids];
  }
  if (object.kind === 'detection') {
    yield [plain('dataSources'), object.dataSources];
    yield [(index) => ['tests', index, 'name'], object.tests.map((test) => test.name)];
    yield [(index) => ['drilldowns', index, 'name'], object.drilldowns.map((drilldown) => drilldown.name)];
  }
}
