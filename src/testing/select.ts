// Which tests a run holds: detections by filter, their tests by data, and why some are not run.
import { basename } from 'node:path';
import type { Baseline, Detection, Repository, Test } from '../content/model.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { globMatcher, isGlob } from '../glob.js';
import { type LocateAllOptions, type Located, locateAll } from './data/locate.js';

/** A dataset of a test with the metadata its events are given. */
export interface TestData {
  readonly file: string;
  readonly source?: string;
  readonly sourcetype?: string;
  readonly host?: string;
  readonly index?: string;
}

/** One test to run, or to report as skipped or broken. */
export interface PlannedTest {
  readonly detection: Detection;
  readonly test: Test;
  readonly data: readonly TestData[];
  /** Why it is not run. */
  readonly skip?: string;
  /** Whether that is a fault of the test. */
  readonly isBroken?: true;
}

/** Detections that a filter of the command line names: a path, a name, a glob over either; none means all. */
export function selectDetections(repository: Repository, filters: readonly string[]): Detection[] {
  if (filters.length === 0) return [...repository.detections];
  const tests = filters.map(filterTest);
  return repository.detections.filter((detection) => tests.some((matches) => matches(detection)));
}

/** The help for a name that no detection has; none for a glob. */
export function meantDetection(repository: Repository, filter: string): string | undefined {
  if (isGlob(filter)) return undefined;
  const { detections } = repository;
  // A path is misspelled as a path, and a name as a name; a file may be named without its folders.
  const names = /[/\\]/.test(filter)
    ? detections.map(({ file }) => file)
    : /\.ya?ml$/i.test(filter)
      ? detections.map(({ file }) => basename(file))
      : detections.flatMap(({ name, stem }) => [name, stem]);
  return didYouMean(filter, names);
}

function filterTest(filter: string): (detection: Detection) => boolean {
  const text = filter.replace(/\\/g, '/').replace(/^\.\//, '').replace(/\/+$/, '');
  if (isGlob(text)) {
    const matches = globMatcher(text, true);
    return ({ file, name, stem }) => [file, name, stem].some(matches);
  }
  const name = text.toLowerCase();
  return (detection) =>
    detection.file === text ||
    detection.file.startsWith(`${text}/`) ||
    detection.file.endsWith(`/${text}`) ||
    detection.name.toLowerCase() === name ||
    detection.stem.toLowerCase() === basename(name).replace(/\.ya?ml$/, '') ||
    detection.id === text;
}

/**
 * Plans the tests of the given detections, in the order of their files. Data is found, and downloaded where that is
 * allowed, once per URL or path.
 */
export async function planTests(
  detections: readonly Detection[],
  options: LocateAllOptions,
): Promise<PlannedTest[]> {
  const wanted = new Set<string>();
  for (const detection of detections)
    for (const test of detection.tests)
      if (skipReason(detection, test) === undefined)
        for (const data of test.attackData) wanted.add(data.data);
  const located = await locateAll([...wanted], options);
  return detections.flatMap((detection) => {
    if (detection.tests.length === 0) return [skipped(detection, untested, 'the detection has no test')];
    return detection.tests.map((test) => planTest(detection, test, located));
  });
}

const untested: Test = { name: 'no test', testType: 'unit', attackData: [] };

function planTest(detection: Detection, test: Test, located: ReadonlyMap<string, Located>): PlannedTest {
  const reason = skipReason(detection, test);
  if (reason !== undefined) return skipped(detection, test, reason);
  const data: TestData[] = [];
  for (const entry of test.attackData) {
    const found = located.get(entry.data)!;
    if ('missing' in found)
      return {
        ...skipped(detection, test, found.missing),
        ...(found.isOwed === undefined ? {} : { isBroken: found.isOwed }),
      };
    data.push({
      file: found.file,
      ...(entry.source === undefined ? {} : { source: entry.source }),
      ...(entry.sourcetype === undefined ? {} : { sourcetype: entry.sourcetype }),
      ...(entry.host === undefined ? {} : { host: entry.host }),
      ...(entry.customIndex === undefined ? {} : { index: entry.customIndex }),
    });
  }
  return { detection, test, data };
}

const skipped = (detection: Detection, test: Test, skip: string): PlannedTest => ({
  detection,
  test,
  data: [],
  skip,
});

/** Why a test is not run whatever its data; `undefined` when it is. */
function skipReason(detection: Detection, test: Test): string | undefined {
  if (detection.tags.manualTest !== undefined) return `tested by hand: ${detection.tags.manualTest}`;
  if (test.testType === 'experimental') return `experimental: ${test.description ?? 'run by hand'}`;
  if (test.attackData.length === 0) return 'the test names no data';
  return undefined;
}

/** Baselines that feed a detection's lookups: those that name it, and those it names. */
export function baselinesOf(repository: Repository, detection: Detection): Baseline[] {
  return repository.baselines.filter(
    (baseline) =>
      baseline.status !== 'removed' &&
      (baseline.detections.includes(detection.name) || detection.baselines.includes(baseline.name)),
  );
}

/** Detections whose risk a correlation may read: those it names, and those that share a story with it. */
export function contributorsOf(repository: Repository, correlation: Detection): Detection[] {
  if (correlation.type !== 'Correlation') return [];
  const stories = new Set(correlation.tags.analyticStories);
  const search = correlation.search.toLowerCase();
  return repository.detections.filter(
    (detection) =>
      detection.risk !== undefined &&
      detection.type !== 'Correlation' &&
      (search.includes(detection.name.toLowerCase()) ||
        detection.tags.analyticStories.some((story) => stories.has(story))),
  );
}

/** Key of the data of a test: tests with the same key are run on the same events, read once. */
export function dataKey(data: readonly TestData[]): string {
  return JSON.stringify(
    data.map((d) => [d.file, d.source ?? null, d.sourcetype ?? null, d.host ?? null, d.index ?? null]),
  );
}
