// Registers the tests of a repository's detections in a vitest suite: `import { testDetections } from 'detc/vitest'`.
import { resolve } from 'node:path';
import { describe, test } from 'vitest';
import { loadRepository } from './content/load.js';
import { formatText } from './diagnostic/report/text.js';
import { type DataRoot, parseDataRoot } from './testing/data/locate.js';
import { rowLines, testFunnel, whyLines } from './testing/report/funnel.js';
import { visible } from './testing/report/text.js';
import type { TestResult } from './testing/result.js';
import { runTests } from './testing/run-tests.js';
import { meantDetection, selectDetections } from './testing/select.js';

export interface TestDetectionsOptions {
  /** Folder of the content repository; default: the current one. */
  readonly content?: string;
  /** Detections by path, name or glob, as `detc test` takes them; default: all. */
  readonly filter?: string | readonly string[];
  /** Local folders by URL prefix, beside those of `detc.yml`. */
  readonly dataRoots?: Readonly<Record<string, string>>;
  /** Never downloads data; default true, since a test suite should not depend on the network. */
  readonly offline?: boolean;
  /** Folders of installed Splunk apps whose knowledge applies. */
  readonly apps?: readonly string[];
  /** Epoch seconds that relative times count from; default: just after the newest event of a test's data. */
  readonly now?: number;
  /** Milliseconds for a detection's tests, data included; default 60 000. */
  readonly timeout?: number;
}

/**
 * Registers a `describe` for every detection and in it a `test` for every test it has. The first test of a detection
 * runs all of that detection's, on the thread of the suite. A test that `detc test` would skip is skipped with its
 * reason; one that fails throws an error whose message holds the funnel.
 *
 * @throws when the repository cannot be read or a filter matches nothing, as a failing suite
 */
export function testDetections(options: TestDetectionsOptions = {}): void {
  const root = resolve(options.content ?? '.');
  const { content, diagnostics } = loadRepository(root);
  const unread = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (unread.length > 0)
    throw new Error(
      `the content has errors\n${formatText(unread, { source: () => undefined, colors: false, filePrefix: '' })}`,
    );
  const filters = typeof options.filter === 'string' ? [options.filter] : (options.filter ?? []);
  const detections = selectDetections(content, filters);
  const idle = filters.find((filter) => selectDetections(content, [filter]).length === 0);
  if (idle !== undefined) {
    const help = meantDetection(content, idle);
    throw new Error(`no detection matches "${idle}"${help === undefined ? '' : `\n  help: ${help}`}`);
  }
  if (detections.length === 0) throw new Error('no detection is here');
  const dataRoots: DataRoot[] = Object.entries({
    ...content.settings.dataRoots,
    ...options.dataRoots,
  }).flatMap(([prefix, folder]) => parseDataRoot(`${prefix}=${folder}`, root) ?? []);
  const kept = {};
  for (const detection of detections) {
    let results: Promise<readonly TestResult[]> | undefined;
    // A detection without tests is one skipped test, so that it is seen.
    const names = detection.tests.length === 0 ? ['no test'] : detection.tests.map(({ name }) => name);
    describe(detection.name, () => {
      for (const [index, name] of names.entries())
        test(name, { timeout: options.timeout ?? 60_000 }, async (context) => {
          results ??= runTests(content, [detection], {
            jobs: 0,
            cache: false,
            kept,
            dataRoots,
            offline: options.offline ?? true,
            apps: options.apps ?? [],
            ...(options.now === undefined ? {} : { now: options.now }),
          }).then((run) => run.tests);
          const result = (await results)[index]!;
          if (result.status === 'skipped') context.skip(result.reason);
          if (result.status !== 'passed') throw new Error(failureText(result));
        });
    });
  }
}

/** Why a test did not pass, with its funnel. */
function failureText(result: TestResult): string {
  return [
    result.reason ?? `expected ${result.expected} rows, found ${result.rows}`,
    result.file,
    ...testFunnel(result),
    ...rowLines(result),
    ...whyLines(result.explanation),
    ...(result.warnings ?? []),
  ]
    .map(visible)
    .join('\n');
}
