// Which detections a change touches: their own files, and what their searches reach, macros, lookups and data.
import type { Detection, Repository } from '../content/model.js';
import { openWorkspace } from '../workspace.js';
import { baselinesOf } from './select.js';

/** The given detections that depend on any of the changed files (paths relative to the repository). */
export function affectedDetections(
  repository: Repository,
  detections: readonly Detection[],
  changed: readonly string[],
): Detection[] {
  if (changed.length === 0) return [];
  const files = new Set(changed);
  // What decides for every detection how it runs.
  if (
    changed.some((file) => file === 'detc.yml' || file === 'contentctl.yml' || file.startsWith('knowledge/'))
  )
    return [...detections];
  const macros = names(repository.macros, files);
  const lookups = new Set(
    repository.lookups
      .filter(
        (lookup) => files.has(lookup.file) || (lookup.filename !== undefined && files.has(lookup.filename)),
      )
      .flatMap((lookup) => [lookup.name, lookup.filename?.split('/').at(-1) ?? lookup.name]),
  );
  const baselines = names(repository.baselines, files);
  const workspace = openWorkspace({
    root: repository.root,
    macros: repository.macros,
    lookups: repository.lookups,
    stems: repository.detections.map((detection) => detection.stem),
  });
  return detections.filter((detection) => {
    if (files.has(detection.file) || files.has(`tests/${detection.stem}.yml`)) return true;
    if (detection.tests.some((test) => test.attackData.some((data) => files.has(data.data)))) return true;
    const feeding = baselinesOf(repository, detection);
    if (feeding.some((baseline) => baselines.has(baseline.name))) return true;
    if (macros.size === 0 && lookups.size === 0) return false;
    return [detection, ...feeding].some((content) => {
      const analysis = workspace.analyse(content.search);
      return (
        analysis.macros.some((macro) => macros.has(macro.name)) ||
        analysis.lookups.some((lookup) => lookups.has(lookup.name))
      );
    });
  });
}

function names(
  objects: readonly { readonly file: string; readonly name: string }[],
  files: ReadonlySet<string>,
): Set<string> {
  return new Set(objects.filter((object) => files.has(object.file)).map((object) => object.name));
}
