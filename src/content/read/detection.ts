// A detection file in any dialect → Detection.
import type { AttackData, Detection, Drilldown, Expectation, Path, Test } from '../model.js';
import {
  inlineDeployment,
  optionalDeprecation,
  optionalSchedule,
  type RawFile,
  readCommon,
  readTags,
} from './common.js';
import {
  get,
  isRaw,
  list,
  mappings,
  optional,
  optionalFlag,
  optionalNumber,
  optionalText,
  type Raw,
  text,
  texts,
  written,
} from './fields.js';
import { readRisk } from './risk.js';

/** Reads a detection; `aliases` tells the locator which parts of the file the computed parts come from. */
export function readDetection(source: RawFile): { object: Detection; aliases: ReadonlyMap<string, Path> } {
  const { raw, file, dialect } = source;
  const tags = readTags(raw);
  const { aliases, ...risk } = readRisk(raw, tags, dialect);
  const object: Detection = {
    ...readCommon(source),
    kind: 'detection',
    folder: file.split('/').slice(1, -1).join('/'),
    type: text(raw, 'type'),
    dataSources: texts(raw, 'data_source'),
    search: written(raw, 'search'),
    howToImplement: text(raw, 'how_to_implement'),
    knownFalsePositives: text(raw, 'known_false_positives'),
    enabledByDefault: optionalFlag(raw, 'enabled_by_default') ?? false,
    drilldowns: mappings(raw, 'drilldown_searches').map(([, item]) => readDrilldown(item)),
    tests: mappings(raw, 'tests').map(([, item]) => readTest(item)),
    tags,
    dataModels: texts(raw, 'datamodel'),
    baselines: texts(raw, 'baselines'),
    ...risk,
    ...optional('explanation', optionalText(raw, 'explanation')),
    ...optional('category', optionalText(raw, 'category')),
    ...optional('deployment', inlineDeployment(source)),
    ...optional('schedule', optionalText(raw, 'schedule')),
    ...optional('customSchedule', optionalSchedule(raw, 'custom_schedule')),
    ...optional('deprecation', optionalDeprecation(raw)),
  };
  return { object, aliases };
}

function readDrilldown(raw: Raw): Drilldown {
  return {
    name: text(raw, 'name'),
    search: written(raw, 'search'),
    ...optional('earliestOffset', offset(raw, 'earliest_offset')),
    ...optional('latestOffset', offset(raw, 'latest_offset')),
  };
}

function offset(raw: Raw, key: string): string | null | undefined {
  return get(raw, key) === null ? null : optionalText(raw, key);
}

/** Reads one test. */
export function readTest(raw: Raw): Test {
  const expectation = get(raw, 'expect');
  return {
    name: text(raw, 'name'),
    testType: optionalText(raw, 'test_type') === 'experimental' ? 'experimental' : 'unit',
    attackData: mappings(raw, 'attack_data').map(([, item]) => readAttackData(item)),
    ...optional('description', optionalText(raw, 'description')),
    ...optional('earliest', optionalText(raw, 'earliest_time')),
    ...optional('latest', optionalText(raw, 'latest_time')),
    ...optional('expectedResults', optionalNumber(raw, 'expected_results')),
    ...optional('passCondition', optionalText(raw, 'pass_condition')),
    ...optional('expectation', isRaw(expectation) ? readExpectation(expectation) : undefined),
  };
}

function readAttackData(raw: Raw): AttackData {
  return {
    data: text(raw, 'data'),
    ...optional('source', optionalText(raw, 'source')),
    ...optional('sourcetype', optionalText(raw, 'sourcetype')),
    ...optional('host', optionalText(raw, 'host')),
    ...optional('customIndex', optionalText(raw, 'custom_index') ?? optionalText(raw, 'index')),
    ...optional('updateTimestamp', optionalFlag(raw, 'update_timestamp')),
  };
}

type Range = NonNullable<Expectation['rows']>;

/** Reads the assertions of one test. */
export function readExpectation(raw: Raw): Expectation {
  return {
    ...optional('rows', range(raw, 'rows')),
    ...optional('contains', rows(raw, 'contains')),
    ...optional('excludes', rows(raw, 'excludes')),
    ...optional('fields', get(raw, 'fields') === undefined ? undefined : texts(raw, 'fields')),
    ...optional('throttled', optionalNumber(raw, 'throttled')),
    ...optional('schedule', range(raw, 'schedule')),
  };
}

function range(raw: Raw, key: string): Range | undefined {
  const value = get(raw, key);
  if (typeof value === 'number') return value;
  if (!isRaw(value)) return undefined;
  return {
    ...optional('min', optionalNumber(value, 'min')),
    ...optional('max', optionalNumber(value, 'max')),
  };
}

function rows(raw: Raw, key: string): readonly Raw[] | undefined {
  if (get(raw, key) === undefined) return undefined;
  return list(raw, key).filter(isRaw);
}
