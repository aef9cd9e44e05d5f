// Objects of single files → Repository: lists by kind, and the few parts that several files say together.
import type { TestFile } from './kinds.js';
import { wholeOf } from './late-members.js';
import type { Baseline, ContentObject, Detection, Repository, Test } from './model.js';
import type { ContentFile } from './read-file.js';

/** Puts a repository together. `files` are in the order in which objects shall be listed. */
export function assemble(
  head: Pick<Repository, 'root' | 'configFile' | 'app' | 'settings'>,
  files: readonly ContentFile[],
): Repository {
  const byKind = new Map<ContentObject['kind'], ContentObject[]>();
  for (const { object } of files) {
    if (object === undefined) continue;
    const list = byKind.get(object.kind);
    if (list === undefined) byKind.set(object.kind, [object]);
    else list.push(object);
  }
  const of = <K extends ContentObject['kind']>(kind: K): Extract<ContentObject, { kind: K }>[] =>
    (byKind.get(kind) ?? []) as Extract<ContentObject, { kind: K }>[];
  const detections = withTests(
    of('detection'),
    files.flatMap((file) => file.tests ?? []),
  );
  return {
    ...head,
    detections,
    macros: of('macro'),
    lookups: of('lookup'),
    stories: of('story'),
    baselines: withDetections(of('baseline'), detections),
    investigations: of('investigation'),
    dataSources: of('dataSource'),
    deployments: of('deployment'),
    schedules: of('schedule'),
    dashboards: of('dashboard'),
    playbooks: of('playbook'),
    removed: of('removed'),
    deprecations: files.flatMap((file) => file.deprecations ?? []),
  };
}

/** Joined objects by the object of the file and what was joined, so that an unchanged detection stays the same object. */
const joined = new WeakMap<Detection, { readonly parts: readonly TestFile[]; readonly result: Detection }>();

function withTests(detections: readonly Detection[], testFiles: readonly TestFile[]): readonly Detection[] {
  if (testFiles.length === 0) return detections;
  const byName = new Map<string, TestFile[]>();
  for (const testFile of testFiles) {
    const parts = byName.get(testFile.detection) ?? [];
    parts.push(testFile);
    byName.set(testFile.detection, parts);
  }
  return detections.map((detection) => {
    const parts = byName.get(detection.file.replace(/^detections\//, '')) ?? byName.get(detection.stem);
    if (parts === undefined) return detection;
    const known = joined.get(detection);
    if (known?.parts.length === parts.length && known.parts.every((part, index) => part === parts[index])) {
      return known.result;
    }
    const result = { ...wholeOf(detection), tests: joinTests(detection.tests, parts) };
    joined.set(detection, { parts, result });
    return result;
  });
}

function joinTests(own: readonly Test[], parts: readonly TestFile[]): Test[] {
  const tests = [...own, ...parts.flatMap((part) => part.tests)];
  return tests.map((test) => {
    const expectation = parts
      .map((part) => part.expectations.get(test.name))
      .find((found) => found !== undefined);
    return expectation === undefined
      ? test
      : { ...test, expectation: { ...test.expectation, ...expectation } };
  });
}

/** In the newest dialect detections name their baselines, before it was the other way round. */
function withDetections(
  baselines: readonly Baseline[],
  detections: readonly Detection[],
): readonly Baseline[] {
  const servedBy = new Map<string, string[]>();
  for (const detection of detections) {
    for (const name of detection.baselines)
      servedBy.set(name, [...(servedBy.get(name) ?? []), detection.name]);
  }
  if (servedBy.size === 0) return baselines;
  return baselines.map((baseline) => {
    const served = servedBy.get(baseline.name)?.filter((name) => !baseline.detections.includes(name)) ?? [];
    return served.length === 0
      ? baseline
      : { ...wholeOf(baseline), detections: [...baseline.detections, ...served] };
  });
}
