// Which folder holds which kind of content, how a file of the kind is checked and read.
import type { ContentObject, DeprecationEntry, Expectation, Locator, Path, Test } from './model.js';
import { type RawFile, readDeployment } from './read/common.js';
import { readDetection } from './read/detection.js';
import {
  readBaseline,
  readDashboard,
  readDataSource,
  readDeprecationMapping,
  readInvestigation,
  readLookup,
  readMacro,
  readNamedSchedule,
  readPlaybook,
  readRemoved,
  readStory,
} from './read/objects.js';
import { readTestFile } from './read/tests.js';
import type { SchemaName } from './schema.js';

/** Tests or assertions from a file of `tests/`. */
export interface TestFile {
  readonly file: string;
  readonly at: Locator;
  /** Path below `detections/`, or the stem, of the detection that each belongs to. */
  readonly detection: string;
  /** Whole tests, as repositories of 2022 keep them apart from detections. */
  readonly tests: readonly Test[];
  /** Assertions by the name of the test. */
  readonly expectations: ReadonlyMap<string, Expectation>;
}

/** What a file gives. */
export interface ReadResult {
  readonly object?: ContentObject;
  readonly aliases?: ReadonlyMap<string, Path>;
  readonly deprecations?: readonly DeprecationEntry[];
  readonly tests?: readonly TestFile[];
}

export interface Kind {
  readonly folder: string;
  readonly schema: SchemaName;
  /** What an object of this kind is called in the model. */
  readonly of?: ContentObject['kind'];
  /** Of removed content what it was, and still looks like. */
  readonly was?: SchemaName;
  readonly read: (file: RawFile) => ReadResult;
}

function kind(
  folder: string,
  schema: SchemaName,
  of: ContentObject['kind'],
  read: (file: RawFile) => ContentObject,
): Kind {
  return { folder, schema, of, read: (file) => ({ object: read(file) }) };
}

/** All kinds; of folders that lie in each other the inner one stands first. */
export const kinds: readonly Kind[] = [
  { folder: 'detections', schema: 'detection', of: 'detection', read: readDetection },
  kind('macros', 'macro', 'macro', readMacro),
  kind('lookups', 'lookup', 'lookup', readLookup),
  kind('stories', 'story', 'story', readStory),
  kind('baselines', 'baseline', 'baseline', readBaseline),
  kind('investigations', 'investigation', 'investigation', readInvestigation),
  kind('response_tasks', 'investigation', 'investigation', readInvestigation),
  kind('data_sources', 'data-source', 'dataSource', readDataSource),
  kind('deployments', 'deployment', 'deployment', readDeployment),
  kind('schedules', 'schedule', 'schedule', readNamedSchedule),
  kind('dashboards', 'dashboard', 'dashboard', readDashboard),
  kind('playbooks', 'playbook', 'playbook', readPlaybook),
  { ...kind('removed/detections', 'removed', 'removed', readRemoved), was: 'detection' },
  { ...kind('removed/stories', 'removed', 'removed', readRemoved), was: 'story' },
  { ...kind('removed/baselines', 'removed', 'removed', readRemoved), was: 'baseline' },
  { ...kind('removed/investigations', 'removed', 'removed', readRemoved), was: 'investigation' },
  {
    folder: 'removed',
    schema: 'deprecation-mapping',
    read: (file) => ({ deprecations: readDeprecationMapping(file) }),
  },
  { folder: 'tests', schema: 'expectation', read: (file) => ({ tests: readTestFile(file) }) },
];

/** The folders at the top of a repository that hold content, each once. */
export const contentFolders: readonly string[] = [
  ...new Set(kinds.map(({ folder }) => folder.split('/')[0] ?? '')),
];

/** The kind of a YAML file by its path in the repository; undefined for files that are no content. */
export function kindOf(file: string): Kind | undefined {
  const found = kinds.find((candidate) => file.startsWith(`${candidate.folder}/`));
  if (found?.folder !== 'removed') return found;
  // Directly in removed/ only the mapping files count.
  return /^removed\/deprecation_mapping[^/]*$/i.test(file) ? found : undefined;
}
