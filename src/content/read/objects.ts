// Files of every kind but detections → objects of the model.
import type {
  Baseline,
  Dashboard,
  DataSource,
  DeprecationEntry,
  Investigation,
  Lookup,
  Macro,
  NamedSchedule,
  Playbook,
  Removed,
  Story,
} from '../model.js';
import {
  inlineDeployment,
  optionalDeprecation,
  optionalSchedule,
  type RawFile,
  readCommon,
  readDeprecation,
  readSchedule,
  readTags,
} from './common.js';
import {
  get,
  isRaw,
  list,
  mapping,
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

export function readMacro(source: RawFile): Macro {
  const { raw } = source;
  return {
    ...readCommon(source),
    kind: 'macro',
    definition: text(raw, 'definition'),
    arguments: texts(raw, 'arguments'),
    isEval: optionalFlag(raw, 'iseval') ?? false,
  };
}

/** Reads a lookup. Where the dialect names no file or collection, the file's stem and the lookup's name do. */
export function readLookup(source: RawFile): Lookup {
  const { raw, file, stem } = source;
  const folder = file.split('/').slice(0, -1).join('/');
  const written = optionalText(raw, 'filename');
  const lookupType = readLookupType(raw, written);
  const table = written ?? `${stem}.${lookupType === 'mlmodel' ? 'mlmodel' : 'csv'}`;
  const name = text(raw, 'name');
  return {
    ...readCommon(source),
    kind: 'lookup',
    lookupType,
    fields: readFieldList(raw),
    matchType: texts(raw, 'match_type').flatMap((types) =>
      types.split(/,(?![^(]*\))/).map((type) => type.trim()),
    ),
    ...(lookupType === 'kvstore'
      ? { collection: optionalText(raw, 'collection') ?? name }
      : { filename: `${folder}/${table}` }),
    ...optional('defaultMatch', optionalText(raw, 'default_match')),
    ...optional('minMatches', optionalNumber(raw, 'min_matches')),
    ...optional('maxMatches', optionalNumber(raw, 'max_matches')),
    ...optional('caseSensitiveMatch', optionalFlag(raw, 'case_sensitive_match')),
  };
}

function readLookupType(raw: Raw, filename: string | undefined): Lookup['lookupType'] {
  const written = optionalText(raw, 'lookup_type');
  if (written === 'csv' || written === 'kvstore' || written === 'mlmodel') return written;
  if (filename === undefined && get(raw, 'collection') !== undefined) return 'kvstore';
  return filename?.endsWith('.mlmodel') === true ? 'mlmodel' : 'csv';
}

function readFieldList(raw: Raw): readonly string[] {
  const written = get(raw, 'fields') ?? get(raw, 'fields_list');
  if (typeof written !== 'string') return texts(raw, 'fields');
  return written
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
}

export function readStory(source: RawFile): Story {
  const { raw } = source;
  const tags = mapping(raw, 'tags');
  const from = (key: string): Raw => (Object.hasOwn(tags, key) ? tags : raw);
  return {
    ...readCommon(source),
    kind: 'story',
    narrative: text(raw, 'narrative'),
    categories: texts(from('category'), 'category'),
    products: texts(from('product'), 'product'),
    cves: texts(from('cve'), 'cve'),
    groups: [...texts(from('group'), 'group'), ...texts(raw, 'threat_group')],
    ...optional('usecase', optionalText(from('usecase'), 'usecase')),
    ...optional('deprecation', optionalDeprecation(raw)),
  };
}

export function readBaseline(source: RawFile): Baseline {
  const { raw } = source;
  return {
    ...readCommon(source),
    kind: 'baseline',
    type: text(raw, 'type'),
    search: written(raw, 'search'),
    howToImplement: text(raw, 'how_to_implement'),
    knownFalsePositives: text(raw, 'known_false_positives'),
    dataModels: texts(raw, 'datamodel'),
    tags: readTags(raw),
    detections: texts(mapping(raw, 'tags'), 'detections'),
    ...optional('deployment', inlineDeployment(source)),
    ...optional('schedule', optionalText(raw, 'schedule')),
    ...optional('customSchedule', optionalSchedule(raw, 'custom_schedule')),
    ...optional('deprecation', optionalDeprecation(raw)),
  };
}

/** Reads an investigation; its inputs are the `$tokens$` of its search unless it lists them. */
export function readInvestigation(source: RawFile): Investigation {
  const { raw } = source;
  const search = written(raw, 'search');
  const tokens = [...search.matchAll(/\$([^\s.$]+)\$/g)].map((match) => match[1] ?? '');
  return {
    ...readCommon(source),
    kind: 'investigation',
    type: text(raw, 'type'),
    search,
    howToImplement: text(raw, 'how_to_implement'),
    knownFalsePositives: text(raw, 'known_false_positives'),
    dataModels: texts(raw, 'datamodel'),
    inputs: get(raw, 'inputs') === undefined ? [...new Set(tokens)] : texts(raw, 'inputs'),
    tags: readTags(raw),
    ...optional('deprecation', optionalDeprecation(raw)),
  };
}

export function readDataSource(source: RawFile): DataSource {
  const { raw } = source;
  return {
    ...readCommon(source),
    kind: 'dataSource',
    source: text(raw, 'source'),
    sourcetype: text(raw, 'sourcetype'),
    supportedTA: mappings(raw, 'supported_TA').map(([, item]) => ({
      name: text(item, 'name'),
      ...optional('url', optionalText(item, 'url')),
      ...optional('version', optionalText(item, 'version')),
    })),
    fields: texts(raw, 'fields'),
    outputFields: texts(raw, 'output_fields'),
    mitreComponents: texts(raw, 'mitre_components'),
    fieldMappings: list(raw, 'field_mappings'),
    convertToLogSource: list(raw, 'convert_to_log_source'),
    ...optional('separator', optionalText(raw, 'separator')),
    ...optional('separatorValue', optionalText(raw, 'separator_value')),
    ...optional('configuration', optionalText(raw, 'configuration')),
    ...optional('exampleLog', optionalText(raw, 'example_log')),
  };
}

/** Reads a named schedule, written at the file's top or under `scheduling`. */
export function readNamedSchedule(source: RawFile): NamedSchedule {
  const { raw } = source;
  const inner = get(raw, 'scheduling');
  return { ...readCommon(source), kind: 'schedule', schedule: readSchedule(isRaw(inner) ? inner : raw) };
}

export function readDashboard(source: RawFile): Dashboard {
  const { raw, file } = source;
  const tags = mapping(raw, 'tags');
  return {
    ...readCommon(source),
    kind: 'dashboard',
    theme: optionalText(raw, 'theme') === 'dark' ? 'dark' : 'light',
    jsonFile: file.replace(/\.ya?ml$/i, '.json'),
    products: texts(Object.hasOwn(tags, 'product') ? tags : raw, 'product'),
  };
}

export function readPlaybook(source: RawFile): Playbook {
  const { raw } = source;
  return { ...readCommon(source), kind: 'playbook', type: text(raw, 'type'), raw };
}

const removedFolders = new Map<string, Removed['of']>([
  ['detections', 'detection'],
  ['stories', 'story'],
  ['baselines', 'baseline'],
  ['investigations', 'investigation'],
]);

/** Reads a removed object; the folder below `removed/` tells what it was. */
export function readRemoved(source: RawFile): Removed {
  const { raw, file } = source;
  return {
    ...readCommon(source),
    kind: 'removed',
    of: removedFolders.get(file.split('/')[1] ?? '') ?? 'detection',
    raw,
    ...optional('deprecation', optionalDeprecation(raw)),
  };
}

const sections = ['detections', 'baselines', 'investigations', 'stories'] as const;

/** Reads the entries of a deprecation mapping file. */
export function readDeprecationMapping({ raw, file, at }: RawFile): DeprecationEntry[] {
  return sections.flatMap((section) =>
    mappings(raw, section).map(([index, entry]) => ({
      content: text(entry, 'content'),
      section,
      info: readDeprecation(entry),
      file,
      place: at.value([section, index, 'content']),
      replacementPlaces: texts(entry, 'replacement_content').map((_, item) =>
        at.value([section, index, 'replacement_content', item]),
      ),
    })),
  );
}
