// Which detections a change touches: their own files, and what their searches reach, macros, lookups and data.
import { posix } from 'node:path';
import type { Detection, Repository } from '../content/model.js';
import { openWorkspace } from '../workspace.js';
import { mayCallSaved } from './saved.js';
import { baselinesOf, contributorsOf } from './select.js';

/** The given detections that depend on any of the changed files (paths relative to the repository, removed ones too). */
export function affectedDetections(
  repository: Repository,
  detections: readonly Detection[],
  changed: readonly string[],
): Detection[] {
  if (changed.length === 0) return [];
  const files = new Set(changed.map((file) => posix.normalize(file)));
  // What decides for every detection how it runs.
  if ([...files].some((file) => /^(?:detc\.yml|contentctl\.yml|knowledge\/.*)$/.test(file)))
    return [...detections];
  const reschedules = [...files].some((file) => file.startsWith('deployments/'));
  const macros = named(repository.macros, files, 'macros');
  const lookups = new Set(
    repository.lookups
      .filter(
        ({ file, filename }) =>
          files.has(file) || (filename !== undefined && files.has(posix.normalize(filename))),
      )
      .flatMap((lookup) => [lookup.name, lookup.filename?.split('/').at(-1) ?? lookup.name]),
  );
  for (const name of removed(files, 'lookups')) lookups.add(name);
  const baselines = named(repository.baselines, files, 'baselines');
  const saves = [...files].some((file) => /^(?:detections|baselines|investigations)\//.test(file));
  const workspace = openWorkspace({
    root: repository.root,
    macros: repository.macros,
    lookups: repository.lookups,
    stems: repository.detections.map((detection) => detection.stem),
  });
  const reaches = (search: string): boolean => {
    if (macros.size === 0 && lookups.size === 0 && !saves) return false;
    const analysis = workspace.analyse(search);
    return (
      (saves && mayCallSaved(analysis.expansion.text)) ||
      analysis.macros.some((macro) => macros.has(macro.name)) ||
      analysis.lookups.some((lookup) => lookups.has(lookup.name))
    );
  };
  return detections.filter((detection) => {
    if (files.has(detection.file) || files.has(`tests/${detection.stem}.yml`)) return true;
    for (const test of detection.tests) {
      if (test.attackData.some(({ data }) => holds(data, files))) return true;
      const { schedule, throttled } = test.expectation ?? {};
      if (reschedules && (schedule !== undefined || throttled !== undefined)) return true;
    }
    const feeding = [...baselinesOf(repository, detection), ...contributorsOf(repository, detection)];
    return (
      feeding.some((content) => files.has(content.file) || baselines.has(content.name)) ||
      [detection, ...feeding].some((content) => reaches(content.search))
    );
  });
}

/** Names of objects whose files changed, and of removed ones, which are called as their files were. */
function named(
  objects: readonly { readonly file: string; readonly name: string }[],
  files: ReadonlySet<string>,
  folder: string,
): Set<string> {
  const known = objects.filter((object) => files.has(object.file)).map((object) => object.name);
  return new Set([...known, ...removed(files, folder)]);
}

function removed(files: ReadonlySet<string>, folder: string): string[] {
  return [...files]
    .filter((file) => file.startsWith(`${folder}/`))
    .flatMap((file) => {
      const { base, name } = posix.parse(file);
      return [base, name];
    });
}

/** Whether data is one of the changed files, or a folder that holds one. */
function holds(data: string, files: ReadonlySet<string>): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(data)) return false;
  const path = posix.normalize(data.replace(/\\/g, '/')).replace(/\/$/, '');
  return files.has(path) || [...files].some((file) => file.startsWith(`${path}/`));
}
