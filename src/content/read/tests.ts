// Files of tests/: assertions on a detection's tests, or whole tests as repositories of 2022 keep them.
import type { TestFile } from '../kinds.js';
import type { RawFile } from './common.js';
import { readExpectation, readTest } from './detection.js';
import { get, isRaw, mappings, text } from './fields.js';

/** Reads `tests/<detection>.yml`. A list under `tests` is the form of 2022, everything else assertions by test name. */
export function readTestFile({ raw, file, stem, at }: RawFile): TestFile[] {
  if (Array.isArray(get(raw, 'tests'))) {
    return mappings(raw, 'tests').map(([, test]) => ({
      file,
      at,
      detection: text(test, 'file') || stem,
      tests: [readTest(test)],
      expectations: new Map(),
    }));
  }
  const expectations = new Map(
    Object.entries(raw).flatMap(([name, value]) =>
      isRaw(value) ? [[name, readExpectation(value)] as const] : [],
    ),
  );
  return [{ file, at, detection: stem, tests: [], expectations }];
}
