// Lists name each thing once.
import type { ContentObject, Deployment, Detection, Path } from '../content/model.js';
import { isRaw } from '../content/read/fields.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const duplicateItem = defineRule({
  code: 'duplicate-item',
  severity: 'warning',
  summary: 'A list names each thing once: references, techniques, stories, fields, arguments and the like.',
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
        title: 'a threat object twice',
        files: {
          [base.rba]: edit(
            '  threat_objects:\n',
            '  threat_objects:\n  - field: process_name\n    type: process_name\n',
          ),
        },
        found: ['detections/endpoint/rundll32_without_arguments.yml:40:5: "process_name" is listed twice'],
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
  content(object, report, context) {
    for (const [path, items] of listsOf(object)) {
      const seen = new Set<string>();
      for (const [index, item] of items.entries()) {
        if (seen.has(item) && item !== '')
          report(object.at.value([...path(index)]), `"${item}" is listed twice`);
        seen.add(item);
      }
    }
    for (const [path, name] of repeatedIn(context.raw(object), []))
      report(object.at.value(path), `"${name}" is listed twice`);
  },
});

/** Lists of which the model has the items, or the names of the items, by key. */
const looked = new Set(
  (
    'references analytic_story mitre_attack_id product cve atomic_guid group threat_group category data_source baselines ' +
    'detections entities tests drilldown_searches nes_fields arguments match_type fields output_fields mitre_components ' +
    'replacement_content'
  ).split(' '),
);

/** Items of the other lists of a file that are the same as an earlier one, each with what it is called. */
function* repeatedIn(value: object, path: Path): Iterable<readonly [Path, string]> {
  if (Array.isArray(value)) {
    const key = String(path.findLast((part) => typeof part === 'string') ?? '');
    const seen = value.length > 1 && !looked.has(key) ? new Set<unknown>() : undefined;
    for (const [index, item] of value.entries()) {
      const isObject = typeof item === 'object' && item !== null;
      const text: unknown = isObject && seen !== undefined ? JSON.stringify(item) : item;
      if (seen?.has(text) === true) {
        const name = isRaw(item) ? Object.values(item).find((inner) => typeof inner === 'string') : item;
        if (typeof name === 'string' && name !== '') yield [[...path, index], name];
      }
      seen?.add(text);
      if (isObject) yield* repeatedIn(item as object, [...path, index]);
    }
    return;
  }
  for (const [key, inner] of Object.entries(value))
    if (typeof inner === 'object' && inner !== null) yield* repeatedIn(inner as object, [...path, key]);
}

type List = readonly [path: (index: number) => Path, items: readonly string[]];

function* listsOf(object: ContentObject): Iterable<List> {
  const plain =
    (...path: Path): ((index: number) => Path) =>
    (index) => [...path, index];
  const alertsOf = function* ({ alertAction }: Deployment, ...path: Path): Iterable<List> {
    yield [plain(...path, 'alertAction', 'notable', 'nesFields'), alertAction.notable?.nesFields ?? []];
  };
  yield [plain('references'), object.references];
  if ('tags' in object && object.kind !== 'deployment') {
    const { tags } = object;
    yield [plain('tags', 'analyticStories'), tags.analyticStories];
    yield [plain('tags', 'mitreAttackIds'), tags.mitreAttackIds];
    yield [plain('tags', 'products'), tags.products];
    yield [plain('tags', 'cves'), tags.cves];
    yield [plain('tags', 'atomicGuids'), tags.atomicGuids];
    yield [plain('tags', 'groups'), tags.groups];
    yield [plain('tags', 'throttling', 'fields'), tags.throttling?.fields ?? []];
  }
  if ('deprecation' in object && object.deprecation !== undefined)
    yield [plain('deprecation', 'replacementContent'), object.deprecation.replacementContent];
  switch (object.kind) {
    case 'detection':
      yield [plain('dataSources'), object.dataSources];
      yield [plain('baselines'), object.baselines];
      yield [entityPath(object), entitiesOf(object)];
      yield [(index) => ['tests', index, 'name'], object.tests.map((test) => test.name)];
      yield [(index) => ['drilldowns', index, 'name'], object.drilldowns.map((drilldown) => drilldown.name)];
      if (object.deployment !== undefined) yield* alertsOf(object.deployment, 'deployment');
      break;
    case 'deployment':
      yield* alertsOf(object);
      break;
    case 'baseline':
      // In ESCU 6 detections name their baselines, and are looked at there.
      if (object.dialect !== 'escu6') yield [plain('detections'), object.detections];
      break;
    case 'story':
      yield [plain('tags', 'categories'), object.categories];
      yield [plain('tags', 'products'), object.products];
      yield [plain('tags', 'cves'), object.cves];
      yield [plain('tags', 'groups'), object.groups];
      break;
    case 'macro':
      yield [plain('arguments'), object.arguments];
      break;
    case 'lookup':
      yield [plain('fields'), object.fields];
      yield [plain('matchType'), object.matchType];
      break;
    case 'dataSource':
      yield [plain('fields'), object.fields];
      yield [plain('outputFields'), object.outputFields];
      yield [plain('mitreComponents'), object.mitreComponents];
      break;
    default:
  }
}

/** Fields of findings: an entity is scored once, by the finding or by an intermediate one. */
function entitiesOf({ finding, intermediateFindings }: Detection): string[] {
  const fields = intermediateFindings.map(({ field }) => field);
  return finding === undefined ? fields : [finding.entity.field, ...fields];
}

const entityPath =
  ({ finding }: Detection) =>
  (index: number): Path => {
    if (finding === undefined) return ['intermediateFindings', index, 'field'];
    return index === 0 ? ['finding', 'entity', 'field'] : ['intermediateFindings', index - 1, 'field'];
  };
